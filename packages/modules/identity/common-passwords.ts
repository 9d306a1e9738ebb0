/**
 * Passwords of 12 characters and more that come first in lists of leaked ones, in lower case and English or Spanish.
 * Shorter ones are refused for their length.
 */
const list = `
  !qaz2wsx3edc !qaz@wsx#edc !qaz@wsx3edc 000000000000 012345678901 0123456789012 01234567890123 098765432109
  0987654321098 111111111111 111111222222 111222333444 112233445566 11223344556677 121212121212 123123123123
  123321123321 123412341234 12341234123412 1234512345123 123454321123 123456123456 123456654321 1234567890-=
  123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 12345678901234567890 1234567890ab
  1234567890abc 1234567890qwe 1234567890qwer 123456789abc 123456789abcd 123456789asd 123456789qwe 123456789qwer
  12345678qwer 1234567qwerty 123456abcdef 123456qwerty 123456qwertyu 12345qwert12345 12345qwerty12345 12345qwertyui
  1234qwer1234 1234qwerasdf 1234qwerasdfzxcv 123abc123abc 123abc456def 123qwe!@#qwe 123qwe123qwe 123qweasd123
  123qweasdzxc 147258369147 147852369147 159753159753 1q2w3e1q2w3e 1q2w3e4r1q2w3e4r 1q2w3e4r5t6y 1q2w3e4r5t6y7u
  1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p 1qaz1qaz1qaz 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qaz@wsx3edc 1qazxsw2#edc
  1qazxsw23edc 222222222222 333333333333 444444444444 555555555555 666666666666 777777777777 888888888888 987654321098
  9876543210987 987654321987 999999999999 a1a2a3a4a5a6 a1b2c3d4e5f6 a1b2c3d4e5f6g7 aa1234567890 aaaaaaaaaaaa
  aaabbbcccddd aabbccddeeff abc123456789 abc1234567890 abc123abc123 abc123def456 abcabcabcabc abcd12345678
  abcd1234abcd abcdef123456 abcdefg12345 abcdefgh1234 abcdefghi123 abcdefghijkl abcdefghijklm abcdefghijklmn
  abcdefghijklmnop abcdefghijklmnopqrstuvwxyz abracadabra1 abracadabra12 abracadabra123 admin1234567 admin12345678
  admin123456789 adminadmin123 adminadminadmin administrador administrador1 administrator administrator1
  administrator123 adminpassword alexander123 alexander1234 alexandra123 america12345 amorcito1234 argentina123
  argentina1234 arsenal12345 asd123asd123 asdasdasdasd asdf1234asdf asdfasdfasdf asdfghjkl123 asdfghjkl1234
  asdfghjklqwerty asdfjkl;asdf asdfqwer1234 asdqwe123456 autumn123456 babygirl1234 babygirl12345 babygirl123456
  barcelona123 barcelona1234 baseball1234 baseball12345 basketball12 basketball123 basketball1234 batman123456
  batmanbatman beautiful123 beautiful1234 beautiful12345 beautifulgirl bestfriend12 bestfriend123 bestfriends1
  bestfriends12 bestfriends123 bestfriendsforever bienvenido12 bienvenido123 bienvenidos1 bienvenidos12 blablablabla
  blahblahblah blessed12345 blueberry123 bocajuniors1 bocajuniors12 business1234 butterflies1 butterfly123
  butterfly1234 californication changeme1234 changeme12345 changemenow1 changemeplease charlotte123 cheesecake12
  cheesecake123 chelsea12345 chelseafc123 chocolate123 chocolate1234 christian123 christina123 christopher1
  christopher12 christopher123 clave1234567 clave12345678 clinic123456 colombia1234 colombia12345 company12345
  company123456 computer1234 computer12345 contrasena12 contrasena123 contrasena1234 contrasenasegura contraseña123
  contraseñasegura correcthorse1 correcthorsebatterystaple customer1234 dadadadadada defaultpassword doctor123456
  dragon123456 dragon1234567 dragonball12 dragonball123 dragonballz1 dragonballz123 dragondragon elizabeth123
  elizabeth1234 employee1234 españa123456 estrella1234 everything12 everything123 facebook1234 facebook12345
  facebook123456 football1234 football12345 football123456 footballfootball forever12345 foreverandever foreverlove1
  forevermore1 freedom12345 freedom123456 friendsforever friendship12 friendship123 fuckyou12345 fuckyou123456
  fuckyoubitch fuckyoufuckyou gameofthrones godblessme12 godblessyou1 godisgood123 godisgood1234 godislove123
  goodmorning1 goodmorning12 goodmorning123 google123456 googlegoogle guadalajara1 guest12345678 guestguest123
  hahahahahaha hallelujah12 hallelujah123 happiness123 happybirthday happybirthday1 happyhappy123 harrypotter1
  harrypotter12 harrypotter123 heavenlyfather hello1234567 hello12345678 hello123456789 hellohello123 hellohellohello
  hellokitty12 hellokitty123 hellokitty1234 helloworld12 helloworld123 helloworld1234 hola12345678 holaholahola
  holamundo123 hospital1234 hospital12345 ilovechocolate ilovemybabygirl ilovemydaughter ilovemyfamily ilovemyfriends
  ilovemyhusband ilovemykids123 ilovemymother ilovemyself1 ilovemyself123 iloveyou1234 iloveyou12345 iloveyou123456
  iloveyou143143 iloveyou2much iloveyoualot iloveyoubabe iloveyoubaby iloveyouforever iloveyougod1 iloveyouiloveyou
  iloveyoujesus iloveyoumom1 iloveyousomuch iloveyoutoo1 instagram123 internet1234 internet12345 jennifer1234
  jessica12345 jessica123456 jesuschrist1 jesuschrist123 jesusislord1 jesusismylord jesuslovesme jesuslovesme1
  jesuslovesyou juventus1234 killer123456 killerkiller lalalalalala letmein12345 letmein123456 letmeinletmein
  letmeinnow123 letmeinplease linkedin1234 liverpool123 liverpool1234 liverpoolfc1 liverpoolfc123 lordoftherings
  love12345678 loveislife123 lovelovelove lovemeforever loveyou12345 loveyouforever manager12345 manchester12
  manchester123 manchestercity manchesterunited manunited123 master123456 mastermaster mexico123456 miamor123456
  miamormiamor michael12345 michael123456 mickeymouse1 mickeymouse12 mickeymouse123 miclave12345 micontrasena
  micontrasena1 micontraseña microsoft123 microsoft1234 minecraft123 minecraft1234 mividaentera monkey123456
  monkey1234567 monkeymonkey motherfucker motherfucker1 myfamily1234 mylovemylove mypassword12 mypassword123
  mypassword1234 nananananana newpassword1 newpassword12 newpassword123 newpassword1234 nothing12345 office123456
  oldpassword123 oneforge1234 oneforge12345 oneforgeoneforge onetwothree123 onetwothree4 onetwothreefour opensesame12
  opensesame123 p@ssw0rd1234 p@ssw0rd12345 p@ssw0rd2024 p@ssw0rd2025 p@ssword1234 passw0rd1234 passw0rd12345
  password!234 password#123 password123! password123!@# password1234 password1234! password12345 password12345!
  password123456 password1234567 password12345678 password123456789 password1password password2020 password2021
  password2022 password2023 password2024 password2025 password2026 password@123 password@1234 password_123
  password_1234 passwordpassword pleasechangeme pleaseletmein pokemon12345 pokemon123456 pokemonpokemon princess1234
  princess12345 princess123456 princessprincess q1q1q1q1q1q1 q1w2e3r4t5y6 q1w2e3r4t5y6u7 qaz123wsx456 qazqazqazqaz
  qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb qazwsxqazwsx qazxswedcvfr qwaszx123456 qwe123asd456 qwe123qwe123
  qweasdqweasd qweasdzxc123 qweasdzxcqwe qweqweqweqwe qwer1234asdf qwer1234qwer qwer1234tyui qwerqwerqwer qwerty123!@#
  qwerty123456 qwerty1234567 qwerty12345678 qwerty123456789 qwerty1234567890 qwerty123qwerty qwertyasdfgh
  qwertyasdfghzxcvbn qwertyqwerty qwertyqwerty1 qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiop12345
  qwertyuiop1234567890 qwertyuiop[] qwertyuiopasdf qwertyuiopasdfghjkl qwertzuiop123 qwertzuiopasdf realmadrid12
  realmadrid123 realmadrid1234 riverplate12 riverplate123 rootpassword rootroot1234 rootrootroot salesforce12
  salesforce123 samsung12345 samsung123456 samsunggalaxy secret123456 secretsecret shadow123456 shadowshadow
  something123 something1234 spiderman123 spiderman1234 spongebob123 spongebob1234 spring123456 starwars1234
  starwars12345 starwarsstarwars stephanie123 strawberry12 strawberry123 summer123456 summer2023!!! summer2024!!!
  summer2025!!! summersummer summertime12 sunshine1234 sunshine12345 sunshine123456 sunshinesunshine superadmin123
  superman1234 superman12345 supermansuperman supersecret1 supersecret12 supersecret123 superuser123 sweetheart12
  sweetheart123 sweetheart1234 teamo1234567 teamomucho12 teamomucho123 teamoporsiempre teamoteamoteamo temporary123
  temporary1234 temppassword1 temppassword123 tequieromucho tequieromucho1 test12345678 test123456789 testing12345
  testing123456 testpassword1 testpassword12 testtest1234 testtesttest thankyoujesus thankyoulord thepassword123
  thisismypassword tinkerbell12 tinkerbell123 toortoortoor topsecret123 trustno12345 trustno1trustno1 unbelievable
  venezuela123 watermelon12 watermelon123 welcome12345 welcome123456 welcome1234567 welcome2023! welcome2024!
  welcome2025! welcome2026! welcome2thejungle welcome@1234 welcome@12345 welcomehome1 welcomewelcome whatever1234
  whatever12345 whatsapp1234 whatthefuck1 winter123456 winter2024!!! winter2025!!! winterwinter youtube12345
  zaq!2wsxcde3 zaq12wsxcde3 zaq1xsw2cde3 zaq1zaq1zaq1 zxcvbnm,./123 zxcvbnm12345 zxcvbnm123456 zxcvbnm1234567
  zxcvbnmasdfgh zxcvbnzxcvbn zxczxczxczxc
`

export const commonPasswords: ReadonlySet<string> = new Set(list.trim().split(/\s+/))
