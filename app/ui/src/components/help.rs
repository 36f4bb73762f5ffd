//! Help where one is: a few sentences for each page, of what it is, what one does first and where it leads. One table, by route; a
//! test sees to it that each route has its own.

use islands::keys::{Act, KEYS, Place, is_sign, shown};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    ctx::Ctx,
    routes::{MENU, menu},
};

/// By route, as `app.rs` has it. A part that begins with a colon is any text; what is written out comes first.
pub(crate) const HELP: &[(&str, &str)] = &[
    (
        "/",
        "Här står det du ska göra: det som är försenat först, sedan den här månaden och nästa. Öppna en rad för att \
         läsa mer, eller bocka av den direkt. Det du bockar av försvinner härifrån och blir grönt i årshjulet.",
    ),
    (
        "/arshjul",
        "Årshjulet visar allt som har en tid under året: varje ring är en kategori och varje sektor en månad. Välj en \
         punkt för att öppna den. Filtren ovanför visar en kategori, en person eller en status, och samma innehåll \
         finns som månader och som lista.",
    ),
    (
        "/forekomster/:id",
        "Det här är ett tillfälle av en kontroll, ett möte eller en rapport. Bocka av det när det är gjort, eller \
         skriv varför det flyttas eller inte blir gjort. Under Historik står vem som har gjort vad.",
    ),
    (
        "/aktiviteter/ny",
        "Lägg till något i årshjulet som inte är en kontroll, till exempel ett möte eller en planeringsdag. Skriv vad \
         det är, när det är och vem som ansvarar. Det syns i årshjulet och i Att göra hos den som ansvarar.",
    ),
    (
        "/aktiviteter/:id",
        "Här står aktiviteten med sina tillfällen. Ändra den här, eller öppna ett tillfälle för att bocka av det. En \
         ändring gäller de tillfällen som inte är gjorda.",
    ),
    (
        "/egenkontroll",
        "Det här är enhetens egenkontrollplan, en rad för varje kontroll och en ruta för varje månad. Öppna en \
         kontroll för att läsa eller genomföra den, eller välj en ruta för att bocka av. Finns planen redan i Excel \
         läser du in den härifrån.",
    ),
    (
        "/egenkontroll/ny",
        "Lägg till en kontroll i planen. Skriv vad den ska visa, hur den görs, hur ofta och av vem. När den är sparad \
         finns dess tillfällen i årshjulet och i Att göra.",
    ),
    (
        "/egenkontroll/importera",
        "Läs in planen ni redan har i Excel. Välj filen eller klistra in tabellen, så visas varje rad innan något \
         sparas. När en del av året har gått väljer du också från när planen ska räknas.",
    ),
    (
        "/egenkontroll/:id",
        "Här står allt om en kontroll: vad den ska visa, hur den görs och hur det har gått. Vid varje tillfälle \
         finns den knapp som behövs: Genomför, Fyll i siffran eller Utförd. Tidigare resultat står som en serie, och varje ändring står under Historik.",
    ),
    (
        "/egenkontroll/:id/kriterier",
        "Här bestäms vad som bedöms varje gång kontrollen genomförs. Skriv ett kriterium på varje rad. Ett \
         genomförande som redan har börjat ändras inte.",
    ),
    (
        "/egenkontroll/:id/redigera",
        "Ändra kontrollen här. Ändringen gäller tillfällen som inte är gjorda; det som är gjort står kvar som det \
         var. Historiken visar vad som stod före.",
    ),
    (
        "/internkontroll",
        "Det här är enhetens internkontrollplan. Varje rad har en systematisk kontroll och en kontrollaktivitet, där \
         den ansvariga ser till att kontrollen är gjord. Öppna en rad för att läsa den, eller välj en ruta för att \
         bocka av.",
    ),
    (
        "/internkontroll/ny",
        "Lägg till en kontroll i internkontrollplanen. Skriv den oönskade händelsen, hur den kontrolleras och hur \
         kontrollen följs upp. När den är sparad finns tillfällena i årshjulet och i Att göra.",
    ),
    (
        "/internkontroll/importera",
        "Läs in internkontrollplanen ni redan har i Excel. Välj filen eller klistra in tabellen, så visas varje rad \
         innan något sparas. När en del av året har gått väljer du också från när planen ska räknas.",
    ),
    (
        "/internkontroll/:id",
        "Här står kontrollen, dess risk och hur det har gått. Bocka av ett tillfälle med utfall, text och siffror. En \
         avvikelse ger förslag på en åtgärd.",
    ),
    (
        "/internkontroll/:id/redigera",
        "Ändra kontrollen här. Ändringen gäller tillfällen som inte är gjorda; det som är gjort står kvar som det \
         var. Historiken visar vad som stod före.",
    ),
    (
        "/genomforanden/ny",
        "Börja genomföra en kontroll. Välj om det är ett stickprov, en andel eller en bedömning, och skriv \
         underlaget. För ett stickprov drar systemet ärenden slumpvis, så att dragningen kan göras om och bli \
         densamma.",
    ),
    (
        "/genomforanden/:id",
        "Här bedöms ärendena, ett i taget eller flera. Svaren sparas medan du arbetar, så du kan lämna sidan och \
         fortsätta senare. När allt är bedömt skriver du en analys och avslutar, och då får kontrollen sitt resultat.",
    ),
    (
        "/genomforanden/:id/dokumentation",
        "Det här är dokumentationen av kontrollen, så som den skrivs ut. Den följer det som står i genomförandet. \
         Hämta den som Word eller PDF härifrån.",
    ),
    (
        "/atgarder",
        "Här står alla åtgärder, var de än kom ifrån. Filtren visar dina egna, de som är sena och de som är klara. \
         Öppna en åtgärd för att bocka av den eller följa upp vilken effekt den hade.",
    ),
    (
        "/atgarder/ny",
        "Skriv vad som ska göras, vem som ansvarar och när det ska vara klart. Den som ansvarar får veta det och ser \
         åtgärden i Att göra. Sätt gärna en dag för uppföljning.",
    ),
    (
        "/atgarder/:id",
        "Här står en åtgärd och varför den finns. Bocka av den när den är gjord. Finns det en dag för uppföljning \
         skriver du då vilken effekt den hade.",
    ),
    (
        "/atgarder/:id/redigera",
        "Ändra vad som ska göras, vem som ansvarar eller när. Den nya ansvariga får veta det. Historiken visar vad \
         som stod före.",
    ),
    (
        "/enkater",
        "Här står enhetens brukarenkäter. Välj Svara när du har haft ett samtal, eller öppna en enkät för att se \
         resultatet. Svaren är anonyma och visas som siffror när de är minst fem.",
    ),
    (
        "/enkater/ny",
        "Gör en ny enkät. Börja med namn, tid och hur frågorna ställs; frågorna lägger du till i nästa steg. Inget \
         svar kan lämnas förrän du öppnar enkäten.",
    ),
    (
        "/enkater/:id",
        "Här står enkäten, dess frågor och hur många svar den har. Öppna den när frågorna är klara, och stäng den när \
         tiden är ute. Resultatet och kommentarerna nås härifrån.",
    ),
    (
        "/enkater/:id/redigera",
        "Ändra enkätens namn, tid och text att läsa upp. Frågorna ändras på en egen sida. Det som redan är svarat \
         ändras inte.",
    ),
    (
        "/enkater/:id/fragor",
        "Lägg till, ändra och ordna frågorna. Tre frågor är lagom efter ett samtal. När enkäten har svar ändras \
         frågorna i en ny version, så att trenden säger det.",
    ),
    (
        "/enkater/:id/forhandsvisa",
        "Så här ser enkäten ut för den som svarar. Inget du väljer här sparas. Gå tillbaka till frågorna om något ska \
         ändras.",
    ),
    (
        "/enkater/:id/svara",
        "Skriv in svaren från ett samtal. Siffertangenterna väljer svar, och sidan är klar för nästa så snart du har \
         sparat. Saknas nätet ligger svaret kvar på din enhet tills det kan skickas.",
    ),
    (
        "/enkater/:id/klistra",
        "Lägg in flera svar på en gång, från en tabell i Excel med en rad för varje svar. Du får se hur tabellen läses \
         innan något sparas. Av en dag sparas bara månaden eller veckan, och kolumner som pekar ut en person tas inte emot.",
    ),
    (
        "/enkater/:id/resultat",
        "Här står resultatet, fråga för fråga. Siffrorna ändras i steg om minst fem svar, så att ingens svar kan \
         räknas ut. Tabellerna kan hämtas till Excel.",
    ),
    (
        "/enkater/:id/fritext",
        "Här står det som brukarna har sagt med egna ord. Markera det som får visas på APT. Bara de som leder eller \
         utvecklar arbetet ser sidan.",
    ),
    (
        "/enkater/:id/varden",
        "Skriv in värden att jämföra med, till exempel stadens resultat. De visas bredvid enhetens egna i resultatet. \
         Flera värden kan klistras in som en tabell.",
    ),
    (
        "/avvikelser",
        "Rapportera här när något inte följde rutinen eller gick fel. Du ser dina egna rapporter och vad som händer \
         med dem. Innehållet ses bara av dem som handlägger ärendet; alla ser antalen.",
    ),
    (
        "/avvikelser/ny",
        "Skriv vad som hände, när och vad du gjorde. Skriv inga namn eller personnummer, utan ärendets beteckning. \
         När du har skickat ser du rapporten under Avvikelser och kan följa den.",
    ),
    (
        "/avvikelser/nytt-klagomal",
        "Ta emot ett klagomål eller en synpunkt från någon utifrån. Skriv vad det gäller och hur den som klagar vill \
         ha svar. Ärendet får sina frister när det är sparat.",
    ),
    (
        "/avvikelser/statistik",
        "Här står antalen per år, månad och orsak. Små antal visas inte. Fler rapporter kan betyda att fler vågar \
         rapportera, och är därför aldrig rött i sig.",
    ),
    (
        "/avvikelser/installningar",
        "Här bestäms enhetens händelsetyper, frister och hur länge ärenden sparas. En ändring gäller från och med nu. \
         Antal från tidigare år kan också skrivas in här.",
    ),
    (
        "/avvikelser/:id",
        "Här handläggs ärendet steg för steg. Varje steg säger vad som ska avgöras och till när. Att någon öppnar \
         ärendet skrivs upp i loggen.",
    ),
    (
        "/avvikelser/:id/logg",
        "Här står vem som har öppnat ärendet och när. Loggen kan inte ändras. Den visas bara för dem som handlägger \
         ärendet.",
    ),
    (
        "/verksamhetsplan",
        "Här står enhetens plan för året: målen i en kedja från staden till enheten, med det som mäts och görs för att nå \
         dem. Färgen och formen säger hur det går. Öppna ett mål för att läsa eller ändra det.",
    ),
    (
        "/verksamhetsplan/:id",
        "Målen står i en kedja från staden till enheten. Peka på ett mål för att se vad det hör ihop med. Välj Lista för att \
         ändra, flytta eller ta bort mål. Längst ned står hur långt planen har kommit, och nästa steg.",
    ),
    (
        "/verksamhetsplan/:id/dokument",
        "Här står hela planen i den ordning som den skrivs ut: kapitlen, målen med allt som hör till dem, budgeten och \
         bilagorna. Det som ingen har skrivit är utelämnat. Ta hem den som Word eller PDF, eller skriv ut den.",
    ),
    (
        "/verksamhetsplan/:id/remiss",
        "När planen är på remiss kan alla i enheten säga vad de tycker om ett kapitel eller ett mål, med sitt namn. Den som \
         skriver planen svarar på varje synpunkt: ändrat, eller ändras inte och varför.",
    ),
    (
        "/verksamhetsplan/:id/kapitel",
        "Här står planens kapitel, före och efter målen. Ändra ett kapitel för att skriva i det, välja vem som skriver och \
         säga att det är klart. Den som ändrar texten senare tar bort att den är klar. Sist står planens bilagor.",
    ),
    (
        "/verksamhetsplan/:id/kapitel/:kapitel",
        "Skriv kapitlets text och spara. När du säger att kapitlet är klart står det så i planen tills någon ändrar det. \
         Historiken visar vad som stod före.",
    ),
    (
        "/verksamhetsplan/:id/las-in",
        "Klistra in en tabell med mål, indikatorer, utfall, förväntat resultat eller aktiviteter, eller välj filen. Sidan visar vad \
         varje rad blir och frågar om det som kan betyda två saker innan något sparas. Det som redan finns läses inte in igen, och \
         hela inläsningen går att ångra i ett dygn.",
    ),
    (
        "/verksamhetsplan/:id/mal/ny",
        "Skriv målet och välj vilken nivå det står på och vilket mål det ligger under. Stadens och nämndens mål skrivs av dem \
         som äger dem. Målet kan flyttas senare. Flera mål på en gång läses in från en tabell.",
    ),
    (
        "/verksamhetsplan/:id/mal/:mal/redigera",
        "Ändra vad målet säger, flytta det under ett annat mål eller ta bort det. Ett mål som något hör till kan inte tas \
         bort: sidan säger vad det är.",
    ),
    (
        "/verksamhetsplan/:id/aktiviteter",
        "Här står det enheten gör för att nå sina mål, mål för mål. En aktivitet kan pågå i flera år och är ändå en. Den blir \
         försenad av sig själv när slutdatumet har passerat.",
    ),
    (
        "/verksamhetsplan/:id/aktiviteter/ny",
        "Skriv vad som ska göras, för vilket mål och till när. Ett slutdatum gör att den kan följas upp, och får ligga ett senare \
         år. Den ansvariga får den i Att göra.",
    ),
    (
        "/planaktiviteter",
        "Här står det enheten gör för att nå sina mål, mål för mål. En aktivitet kan pågå i flera år och är ändå en. Den blir \
         försenad av sig själv när slutdatumet har passerat.",
    ),
    (
        "/planaktiviteter/:id",
        "Här står vad som ska göras och hur långt det har kommit. Den ansvariga och de som skriver planen följer upp: läge, \
         avvikelse och analys. Det syns på årshjulet för varje år som aktiviteten pågår.",
    ),
    (
        "/planaktiviteter/:id/redigera",
        "Ändra vad som ska göras, för vilket mål och när. Årshjulen och Att göra följer med, alla år som aktiviteten pågår. Hur långt \
         den har kommit skrivs inte här utan på aktivitetens sida.",
    ),
    (
        "/verksamhetsplan/:id/utfall",
        "Här fyller ni i vad planens indikatorer blev i en period. Skriv i en ruta och gå vidare med Tabb eller Enter: varje \
         ruta sparas för sig. Statusen följer av utfall och årsmål, och bredvid står varför. En siffra som hämtas säger varifrån.",
    ),
    (
        "/verksamhetsplan/:id/indikatorer/ny",
        "En indikator är ett tal som ett mål följs upp med. Skriv vad den heter, vad ni siktar på i år och om högre eller \
         lägre är bättre. Utfallet kan hämtas från en serie, en egenkontroll, en enkätfråga eller en internkontroll. Resten har \
         förslag som går att ändra senare.",
    ),
    (
        "/verksamhetsplan/:id/indikatorer/:indikator",
        "Här står allt om en indikator: utfallet i en period med analys, hur det bedöms och varför, och utfallen genom åren. \
         Stämmer inte statusen kan du sätta en egen med skäl.",
    ),
    (
        "/verksamhetsplan/:id/indikatorer/:indikator/redigera",
        "Ändra vad indikatorn är och vad ni siktar på. Utfall som är inskrivna står kvar. Mäts den på ett annat sätt från en \
         dag lägger du till ett brott, så jämförs inte det som är före med det som är efter. En stängd period behåller det mål \
         som gällde då.",
    ),
    (
        "/verksamhetsplan/:id/ekonomi",
        "Här står budget, utfall och prognos, rad för rad med uträknade summor. Avvikelsen är budget minus utfall, också \
         för intäkter: pilen och orden säger om det är bättre eller sämre, inte minustecknet. Välj månad, tertial eller \
         helår överst, eller se månaderna och hur prognosen har ändrats.",
    ),
    (
        "/verksamhetsplan/:id/ekonomi/fyll",
        "Skriv beloppen i rutnätet: Tabb går till nästa ruta och Enter sparar. Flera rutor från Excel klistras in från den \
         ruta där du står. En tom ruta är inte 0. Allt sparas på en gång, och det som stod förut finns kvar i historiken.",
    ),
    (
        "/verksamhetsplan/:id/ekonomi/las-in",
        "Läs in en tabell med belopp, som fil eller inklistrad. Du ser vad varje belopp blir innan något sparas, och det som \
         inte går att veta frågas det om. En tryckt summa som inte stämmer sparas som anteckning, aldrig som summa.",
    ),
    (
        "/verksamhetsplan/:id/ekonomi/tabeller/ny",
        "En egen tabell har de år och kolumner som ni väljer, till exempel tilldelad budget och utbetalt. Klistra in den från \
         Excel. En kolumn med differens räknas ut, och en summa säger vilka år den är av.",
    ),
    (
        "/verksamhetsplan/:id/ekonomi/tabeller/:tabell",
        "Här ändras en egen tabell. Skriv om den i rutan eller klistra in den på nytt från Excel. En kolumn med differens \
         räknas ut.",
    ),
    (
        "/verksamhetsplan/:id/ekonomi/rader",
        "Här ändras budgetens verksamheter och rader, och i vilken enhet beloppen anges. En rad med belopp tas inte bort: \
         töm beloppen först. Raderna visas i den ordning som de står här.",
    ),
    (
        "/verksamhetsplan/:id/mal/:mal",
        "Här står ett mål: hur ni arbetar med det, vad som förväntas och vad som blev. Fyll i utfallet för varje period, så \
         föreslås en bedömning. Den som skriver planen bestämmer hur målet uppfylls och skriver varför.",
    ),
    (
        "/verksamhetsplan/:id/mal/:mal/texter",
        "Skriv hur ni arbetar med målet, vad det tar, hur det följs upp och vad som ska bli bättre. Allt får lämnas tomt, och \
         det som är tomt visas inte i planen.",
    ),
    (
        "/verksamhetsplan/:id/mal/:mal/rad/ny",
        "Lägg till något som förväntas av målet. Skriv det med ord, och gärna med ett tal, så bedöms utfallet av sig självt. En rad \
         utan tal är lika bra.",
    ),
    (
        "/verksamhetsplan/:id/mal/:mal/rad/:rad",
        "Ändra raden, flytta den eller ta bort den. Frågan ”Går det att mäta?” är en hjälp och hindrar inget. Det som redan är \
         utfall står kvar.",
    ),
    (
        "/verksamhetsplan/:id/mal/:mal/rad/:rad/utfall/:manad",
        "Skriv vad som blev från januari till och med periodens slut. Fyll i kvinnor och män när de är kända. Det som inte stämmer \
         ihop sägs vid siffran, men sparas som det är. Följs raden i en serie står seriens värde som förslag.",
    ),
    (
        "/verksamhetsplan/:id/mal/:mal/uppfoljning/ny",
        "Skriv vad av målet som följs upp, hur ofta och av vem. Tiderna läggs på årshjulet, och den ansvariga får dem i Att göra. \
         Det som ska visas på APT eller tavlan påminner om det.",
    ),
    (
        "/verksamhetsplan/:id/mal/:mal/uppfoljning/:uppfoljning",
        "Ändra vad som följs upp och hur ofta. Årshjulet följer med. Det som redan är gjort står kvar där, också när \
         uppföljningen tas bort.",
    ),
    (
        "/verksamhetsplan/:id/mal/:mal/grupp/ny",
        "Gör en grupp som har ett eller flera mål som sina. Välj vilka som är med. De kan sedan skriva hur det går på målets \
         sida, så ofta de vill. Det gruppen skriver är inte målets bedömning: den gör den som skriver planen.",
    ),
    (
        "/verksamhetsplan/:id/mal/:mal/grupp/:grupp",
        "Ändra vilka som är med i gruppen och vilka mål den har. Rapporterna som gruppen har skrivit står kvar vid målet.",
    ),
    (
        "/forslag",
        "Skriv ett förslag till förbättring, med eller utan namn. Chefen flyttar det vidare: diskuteras, prövas, \
         införs eller avslås med skäl. Förslagen kan tas upp på APT. En guldstjärna säger vad som gick bra, en silverstjärna \
         vad som kan bli ännu bättre: den kan bli ett mål i nästa års plan.",
    ),
    (
        "/siffror",
        "Här står det enheten räknar varje månad, en rad för varje serie. Raden säger hur det är jämfört med i fjol, och \
         det som har ändrats ovanligt mycket eller inte når sitt mål står först. Öppna en serie för att se bilden, eller \
         fyll på det som saknas.",
    ),
    (
        "/siffror/ny",
        "Gör en serie av något ni räknar, till exempel hushåll eller kötid. Det viktigaste är vad för slags siffra det \
         är: det avgör hur månader blir tertial och år. När serien är skapad fyller du på värden för hand eller ur Excel. En \
         serie kan också räknas ut ur två andra, till exempel utbetalt per hushåll.",
    ),
    (
        "/siffror/manad",
        "Här står en mening om varje serie: vad som hände under månaden, mot månaden före och mot samma månad året \
         före. Kvartal, tertial och år står i den månad då de slutar. Det som betyder något står först. Saknas ett värde står \
         det vem som ska fylla på det, och inget äldre värde visas i stället. Bläddra bakåt så långt siffrorna går, och skriv ut månaden på ett papper.",
    ),
    (
        "/siffror/uppdelningar",
        "Här bestämmer ni efter vad siffror delas upp, till exempel kön eller hushållstyp. Lägg till en uppdelning och \
         dess värden, och välj den sedan i en serie. Ett värde som har siffror får en sista dag i stället för att tas bort.",
    ),
    (
        "/siffror/jamstalldhet",
        "Här står enhetens jämställdhetsanalyser, den senaste först. Varje rad säger hur stor skillnaden är mellan de två \
         grupperna, om slumpen kan ge den och hur ni har bedömt den. Öppna en för att läsa skäl och slutsats.",
    ),
    (
        "/siffror/jamstalldhet/ny",
        "Skriv vad ni undrar och siffrorna för båda grupperna. Med antal prövas om skillnaden är större än slumpen kan ge; \
         med bara andelar går det inte. Bedömningen kan vänta, men har alltid ett skäl.",
    ),
    (
        "/siffror/jamstalldhet/:id",
        "Överskriften säger vad som kom fram. Under siffrorna står om ni har bedömt skillnaden som motiverad, och varför. \
         Ska något göras: lägg till en åtgärd härifrån, så hänger de ihop.",
    ),
    (
        "/siffror/jamstalldhet/:id/redigera",
        "Ändra frågan eller siffrorna, eller skriv bedömningen när ni har kommit fram till den. Historiken visar vad som \
         stod före.",
    ),
    (
        "/siffror/:id",
        "Överskriften säger vad siffrorna visar, och bilden visar det över tid. En ihålig punkt är preliminär, och en \
         prickad lodrät linje är ett brott som inget jämförs över. Tabellen bakom har ändringen mot perioden före och \
         mot samma tid i fjol. Rättade siffror står kvar vid sidan om.",
    ),
    (
        "/siffror/:id/redigera",
        "Ändra vad serien är, och lägg till mål, brott och jämförelser. Slag, hur ofta den har ett värde och uppdelningar kan inte \
         ändras när den har värden. Historiken visar vad som stod före.",
    ),
    (
        "/siffror/:id/las-in",
        "Klistra in tabellen eller välj filen som den är. Sidan visar vad som är nytt, ändrat och lika innan något sparas, och \
         frågar om det som kan betyda två saker. Hela inläsningen går att ångra i ett dygn.",
    ),
    (
        "/siffror/:id/jamforelse/:jamforelse/fil",
        "Öppna adressen på en dator med internet, spara det som visas som en fil och välj filen här. Bara nyckeltalet som \
         jämförelsen frågar efter läses, och år som inte står i filen blir kvar.",
    ),
    (
        "/siffror/:id/fyll",
        "Skriv värdena i rutnätet: Tabb går till nästa ruta och Enter sparar. Flera rutor från Excel klistras in från den \
         ruta där du står. Skriv prel efter ett värde som kan ändras. Allt sparas på en gång, och ett värde som rättas står \
         kvar att läsa under Rättade siffror.",
    ),
    (
        "/apt",
        "Här står enhetens möten. Öppna nästa möte för att förbereda det, eller lägg till ett möte. Hållna möten har \
         kvar sitt protokoll.",
    ),
    (
        "/apt/ny",
        "Lägg till ett möte. Dagordningen hämtas från enhetens mall och kan sedan ändras. Välj ordförande och \
         sekreterare nu eller senare.",
    ),
    (
        "/apt/beslut",
        "Här står besluten från alla möten, det senaste först. Sök efter ett ord för att hitta ett visst. Länken \
         leder till mötets protokoll.",
    ),
    (
        "/apt/dagordning",
        "Det här är mallen för enhetens dagordning. Ändra punkterna och deras ordning; nya möten börjar med den. \
         Möten som redan finns ändras inte.",
    ),
    (
        "/apt/skarmar",
        "En skärm på väggen visar enhetens resultat mellan mötena, utan inloggning. Lägg till en skärm här och öppna \
         adressen på den. Ta bort skärmen när adressen inte ska gälla längre.",
    ),
    (
        "/apt/:id",
        "Förbered mötet här: ordna punkterna, lägg till bilder och bestäm vem som leder vad. Bilderna görs av det som \
         gäller när de visas. Välj Visa när mötet börjar. Bildspelet finns också som PDF: allt som bilderna visar följer \
         med i filen, även ord ur enkäter och avvikelser.",
    ),
    (
        "/apt/:id/redigera",
        "Ändra mötets tid, plats och vilka som leder det. Dagordningen ändras på mötets sida. Historiken visar vad \
         som stod före.",
    ),
    (
        "/apt/:id/visa",
        "Mötet visas på hela skärmen. Piltangenterna byter bild och Escape avslutar. Anteckningar och beslut skrivs \
         bredvid bilden.",
    ),
    (
        "/apt/:id/protokoll",
        "Protokollet görs av anteckningar, beslut och åtgärder från mötet. Läs igenom det och justera det. Hämta det \
         sedan som Word eller PDF.",
    ),
    (
        "/tv",
        "Skriv koden som visas under Skärmar. Den gäller en gång och en kort stund. Sedan visar den här skärmen \
         enhetens resultat.",
    ),
    (
        "/skarm/:token",
        "Skärmen visar enhetens resultat och uppdaterar sig själv. Den visar inga namn och inga små antal. Den tas \
         bort under Skärmar.",
    ),
    (
        "/admin",
        "Här byggs organisationen: förvaltning, avdelningar, enheter och arbetsgrupper. Välj något i trädet för att \
         byta namn på det, lägga till under det eller ta det ur bruk. En roll som någon har på en nivå gäller också \
         under den.",
    ),
    (
        "/admin/personer",
        "Här står alla med konto. Lägg till en person, eller läs in en hel lista på en gång. Öppna en person för att \
         ändra roller eller ge ett nytt engångslösenord.",
    ),
    (
        "/admin/personer/importera",
        "Lägg till många personer på en gång från en lista i Excel. Kolumnerna är namn, e-post, roll och enhet, i \
         vilken ordning som helst. Du får se varje rad innan något sparas, och sedan ett engångslösenord för var och \
         en.",
    ),
    (
        "/admin/personer/ny",
        "Lägg till en person med en roll. Personen loggar in med sin e-post och ett engångslösenord, som visas en \
         gång när du har sparat. Fler roller lägger du till på personens sida.",
    ),
    (
        "/admin/personer/:id",
        "Här står en persons uppgifter och roller. En roll gäller där den ges och allt under. Den som har slutat \
         avaktiveras; det personen har gjort står kvar.",
    ),
    (
        "/admin/grupper",
        "En grupp är några som gör kontroller tillsammans, till exempel en ledningsgrupp. Lägg till gruppen och välj \
         vilka som är med. Det gruppen ska göra står i Att göra hos alla i den tills någon har gjort det.",
    ),
    (
        "/admin/sla-ihop",
        "Här blir två eller flera enheter en ny från en dag du väljer. Först ser du vad som händer med roller, planer och \
         ärenden. De gamla enheterna går att läsa även efteråt. En sammanslagning går att ta tillbaka till och med dagen före.",
    ),
    (
        "/admin/dagar",
        "Här får en enhet en sista dag, och du ser först vad det betyder. Här står också från när enheten finns och vilka \
         enheter som fanns före, så att deras år står för sig där år jämförs.",
    ),
    (
        "/upphorda",
        "Här står enheter som har upphört, till exempel när två enheter har slagits ihop till en. Deras planer, dokument, \
         ärenden och historik går att läsa som förut. Välj vad du vill läsa på enhetens rad.",
    ),
    (
        "/admin/sakerhet",
        "Här står vad som har hänt med konton och hemligheter, och inställningar för hela installationen. Filtren \
         visar en person eller ett slags händelse. Listan kan hämtas till Excel.",
    ),
    (
        "/konto",
        "Här ändrar du det som är ditt: utseende, lösenord och vilka enheter som är inloggade. Logga ut en enhet som \
         du inte känner igen. Ditt namn och dina roller ändras av administratören.",
    ),
    (
        "/konto/losenord",
        "Välj ett nytt lösenord. Fyra ord som inte hör ihop är lätta att minnas och svåra att gissa. När det är \
         sparat loggas dina andra enheter ut.",
    ),
    (
        "/logga-in",
        "Logga in med din e-post och ditt lösenord. Har du fått ett engångslösenord väljer du ett eget när du har \
         loggat in. Har du glömt lösenordet kan administratören ge dig ett nytt.",
    ),
    (
        "/las",
        "Ärendena är låsta för att ingen annan ska läsa dem när du är borta. Skriv ditt lösenord för att öppna dem \
         igen. Det du hade skrivit finns kvar.",
    ),
    (
        "/start",
        "Gör den första administratören här. Koden står i serverns logg. Sedan lägger administratören till enheter \
         och personer.",
    ),
    (
        "/tillganglighet",
        "Här står hur tillgänglig tjänsten är och vad som inte fungerar för alla än. Hör av dig om något hindrar dig. \
         Sidan kan läsas utan att logga in.",
    ),
];

/// The sentences of the page at this path; none where there is no such page.
pub(crate) fn help_of(path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let fits = |route: &str| {
        let route: Vec<&str> = route.trim_end_matches('/').split('/').collect();
        route.len() == parts.len()
            && route.iter().zip(&parts).all(|(r, p)| r == p || r.starts_with(':') && !p.is_empty())
    };
    let open = |route: &str| route.matches(':').count();
    HELP.iter().filter(|(route, _)| fits(route)).min_by_key(|(route, _)| open(route)).map(|(_, text)| *text)
}

/// Of each line the keys and what they do.
type KeyLines = Vec<(Vec<String>, String)>;

/// The keys of the page at this path, as they are read: for each place what it is called, and of each line its keys and what they
/// do. `goes`: whether the person sees the menu's entry of a path. `signs`: whether letters and digits do something on the device.
pub(crate) fn keys_of(path: &str, goes: impl Fn(&str) -> bool, signs: bool) -> Vec<(&'static str, KeyLines)> {
    let line = |place: Place| {
        let goes = &goes;
        KEYS.iter().filter(move |(at, ..)| *at == place).filter_map(move |(_, keys, act)| {
            let keys: Vec<String> =
                keys.iter().filter(|key| signs || place.is_always() || !is_sign(key)).map(|key| shown(key)).collect();
            let does = match act {
                Act::Go(to) => {
                    let entry = MENU.iter().find(|entry| entry.path == *to).filter(|_| goes(to))?;
                    format!("går till {}", entry.label)
                }
                act => act.does().to_owned(),
            };
            (!keys.is_empty()).then_some((keys, does))
        })
    };
    let places = Place::ALL.into_iter().filter(|place| place.is_on(path));
    places
        .map(|place| (place.label(), line(place).collect::<Vec<_>>()))
        .filter(|(_, lines)| !lines.is_empty())
        .collect()
}

/// The list of the keys of a page.
#[component]
fn Keys(path: String) -> impl IntoView {
    let ctx = Ctx::current().ok().filter(|ctx| ctx.actor.is_some())?;
    let seen: Vec<&str> = ctx
        .actor
        .as_ref()
        .map(|actor| menu(&actor.grants))
        .unwrap_or_default()
        .into_iter()
        .flat_map(|(_, entries)| entries)
        .map(|entry| entry.path)
        .collect();
    let signs = !ctx.device.no_letters;
    let off = (!signs).then(|| {
        view! {
            <div class="help">"Tangenter med en bokstav, en siffra eller ett tecken är avstängda. " <a href="/konto">"Slå på dem"</a></div>
        }
    });
    let moves = Place::Month.is_on(&path).then(|| {
        view! {
            <div class="help">
                "Med musen drar du ett märke till en annan månad. På en telefon öppnar du det och väljer Flytta. Märken med \
                 antal rymmer flera tillfällen, som flyttas vart och ett på sin sida."
            </div>
        }
    });
    let places = keys_of(&path, |to| seen.contains(&to), signs)
        .into_iter()
        .map(|(place, lines)| {
            let lines = lines
                .into_iter()
                .map(|(keys, does)| {
                    let keys = keys.into_iter().map(|key| view! { <kbd>{key}</kbd> " " }).collect_view();
                    view! { <dt>{keys}</dt> <dd>{does}</dd> }
                })
                .collect_view();
            view! { <h3>{place}</h3> <dl class="keys">{lines}</dl> }
        })
        .collect_view();
    Some(view! { <h2>"Tangenter"</h2> {off} {places} {moves} })
}

/// The "?" of the page's head: what the page is, and its keys.
#[component]
pub(crate) fn PageHelp() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let text = help_of(&path)?;
    Some(view! {
        <details class="page-help" id="hjalp">
            <summary title="Hjälp" aria-keyshortcuts="?">
                <span aria-hidden="true">"?"</span>
                <span class="visually-hidden">"Hjälp om sidan"</span>
            </summary>
            <div class="page-help-text" id="hjalp-text" tabindex="0" role="region" aria-label="Hjälptext">
                <p>{text}</p>
                <Keys path/>
            </div>
        </details>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_has_a_help_text_of_two_to_five_sentences_and_none_is_for_a_page_that_is_gone() {
        let all = include_str!("../app.rs").split("path!(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let routes: Vec<&str> = all.filter(|path| path.starts_with('/')).collect();
        assert!(routes.len() > 60, "{routes:?}");
        let without: Vec<_> = routes.iter().filter(|route| !HELP.iter().any(|(path, _)| path == *route)).collect();
        assert!(without.is_empty(), "say in HELP what these pages are: {without:?}");
        let gone: Vec<_> = HELP.iter().map(|(path, _)| *path).filter(|path| !routes.contains(path)).collect();
        assert!(gone.is_empty(), "these are no pages: {gone:?}");
        for (path, text) in HELP {
            let sentences = text.matches(['.', '?']).count();
            assert!((2..=5).contains(&sentences), "{path}: {sentences} sentences");
            assert!(text.ends_with('.') && !text.contains('!'), "{path}");
        }
    }

    #[test]
    fn every_key_is_listed_on_some_page_and_those_of_a_menu_that_is_not_seen_are_not() {
        let pages = ["/arshjul", "/enkater/1/svara", "/genomforanden/1", "/verksamhetsplan/1/utfall", "/apt/1/visa"];
        let all: Vec<_> = pages.iter().flat_map(|page| keys_of(page, |_| true, true)).collect();
        for (place, keys, act) in KEYS {
            let listed = all.iter().filter(|(at, _)| *at == place.label()).flat_map(|(_, lines)| lines);
            let read: Vec<String> = keys.iter().map(|key| shown(key)).collect();
            let found = listed.clone().find(|(keys, _)| *keys == read);
            let (_, does) = found.unwrap_or_else(|| panic!("{keys:?} does {act:?}, and no page lists it"));
            assert!(!does.is_empty() && !does.ends_with(['.', '!']), "{keys:?}: {does}");
        }
        let go = |goes: fn(&str) -> bool, signs| keys_of("/", goes, signs).remove(0).1;
        assert!(go(|_| true, true).contains(&(vec!["G sedan A".to_owned()], "går till Att göra".to_owned())));
        assert!(go(|_| true, true).contains(&(vec!["G sedan H".to_owned()], "går till Årshjul".to_owned())));
        assert_eq!(go(|_| false, true).len(), 1, "the help alone");
        for act in KEYS.iter().map(|(.., act)| act) {
            if let Act::Go(to) = act {
                assert!(MENU.iter().any(|entry| entry.path == *to), "{to} is in no menu");
            }
        }
    }

    #[test]
    fn where_signs_are_switched_off_none_is_listed_but_in_the_cell_that_has_the_focus() {
        let off = keys_of("/genomforanden/1", |_| true, false);
        let keys = |place: Place| -> Vec<String> {
            let at = off.iter().find(|(at, _)| *at == place.label());
            at.into_iter().flat_map(|(_, lines)| lines).flat_map(|(keys, _)| keys.clone()).collect()
        };
        assert!(keys(Place::Page).is_empty());
        assert_eq!(keys(Place::Rows), ["Enter"]);
        assert!(keys(Place::Judging).contains(&"J".to_owned()));
    }

    #[test]
    fn what_is_written_out_comes_before_what_is_any_text() {
        assert!(help_of("/apt/ny").is_some_and(|text| text.starts_with("Lägg till ett möte.")));
        assert!(help_of("/apt/0197a1b2").is_some_and(|text| text.starts_with("Förbered mötet")));
        assert!(help_of("/").is_some_and(|text| text.starts_with("Här står det du ska göra")));
        assert!(help_of("/finns-inte").is_none() && help_of("/apt/1/2/3").is_none());
    }
}
