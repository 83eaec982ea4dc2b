//! Words that say nothing by themselves, of the languages whose words the default theme speaks.
//!
//! On a large site such words give themselves away by being everywhere. On one of six pages
//! "because" is as rare as "spine".

/// The words of a language that say nothing by themselves, in small letters and in order; none
/// where the language is not known here.
pub(super) fn stop_words(language: &str) -> Vec<&'static str> {
    let words = match language {
        "de" => GERMAN,
        "en" => ENGLISH,
        "fr" => FRENCH,
        _ => "",
    };
    let mut words: Vec<&str> = words.split_ascii_whitespace().collect();
    words.sort_unstable();
    words
}

// Words of one and two letters are not counted in the first place.

const ENGLISH: &str = "
able about above across actually add added adds after again against ago ahead all allow allowed
allows almost alone along already also although always am among and another any anybody anyone
anything anyway are around aside ask asks away back became because become becomes been before began
begin begins behind being below best better between beyond both bring brings but came can cannot
come comes contain contains could couldn day days did didn does doesn doing don done down during each
early easily easy either else end ends enough entire especially etc even ever every everyone
everything exactly example except far few fewer find finds first five for former found four from
full further gave general get gets getting give given gives giving goes going gone good got great
had half happen happens has hasn have haven having held help helps hence her here hers herself high
him himself his hold holds how however ibid instead into isn its itself just keep keeps kept kind
knew know known knows lack large last late later latter least leave leaves led left less let lets
like likely little long longer look looks lot made main mainly make makes making many matter matters
may maybe mean means meant meanwhile might mine more moreover most mostly much must name named
namely names near nearly need needed needs neither never new next nine nobody none nor not nothing
now nowhere number numbers often old once one ones only onto open other others otherwise ought our
ours out over own page pages part particular parts per perhaps place places please possible put puts
quite rather read reads really right said same saw say says see seem seemed seems seen sees self
sent set sets seven several shall she should shouldn show shown shows since six small some somebody someone
something sometimes somewhat soon still stood such take taken takes tell tells ten than thank thanks
that the their theirs them themselves then there therefore these they thing things think this those
though thought three through throughout thus time times together told too took toward towards tried
tries try trying turn turns two under unless until upon use used useful user users uses using usual
usually various very via want wanted wants was wasn way ways well went were weren what whatever when
where whereas whether which while who whole whom whose why will with within without word words work
works would wouldn write writes written yes yet you your yours yourself
";

const GERMAN: &str = "
aber acht alle allein allem allen aller allerdings alles als also ander andere anderem anderen
anderer anderes anders ans auch auf aus außer außerdem bald bei beide beiden beim beispiel bereits
besonders besser bevor bin bis bisher bist bzw dabei dadurch dafür dagegen daher dahin damals damit
danach daneben dann daran darauf daraus darf darfst darin darüber darum darunter das dass davon
davor dazu dein deine deinem deinen deiner dem den denen denn dennoch der deren derer derselbe des
deshalb dessen desto deswegen dich die dies diese dieselbe diesem diesen dieser dieses dir doch dort
drei dritte durch dürfen ebenso eher eigen eigene eigenen eigentlich ein eine einem einen einer eines
einfach einige einigem einigen einiger einiges einmal einzelne einzelnen ende entweder erst erste
ersten erster etwa etwas euch euer eure fast ferner folgende folgenden fünf für gab ganz ganze ganzen
gar geben gegen gehen gehört gemacht genau genug gerade gern gesagt geht gibt gilt ging gleich groß
große großen gut gute guten habe haben halten hat hatte hatten hätte heißt her heute hier hin hinter
ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres immer indem ins insgesamt ist jede jedem jeden
jeder jedes jedoch jene jenem jenen jener jetzt jeweils kam kann kaum kein keine keinem keinen keiner
kennen kleine kleinen kommen kommt können könnte könnten lang lange lassen lässt leicht letzte
letzten liegt machen macht man manche manchem manchen mancher mehr mehrere mein meine meinem meinen
meiner meist meisten mich mir mit mittels möglich muss müssen musste nach nachdem nächste nämlich
neben nehmen nein neu neue neuen nicht nichts nie niemand noch nun nur nutzen nutzt ob oben oder oft
ohne rund sagen sagt schon sechs sehen sehr seien sein seine seinem seinen seiner seines seit seite
seiten selbst sich sicher sie sieben sieht sind sodass sogar solche solchem solchen solcher soll
sollen sollte sollten somit sonst soweit sowie sowohl später statt stehen steht stets teil teile über
überhaupt übrigens ums und uns unser unsere unserem unseren unserer unten unter usw viel viele vielen
vieler vielleicht vier vom von vor vorher wann war waren warum was weder wegen weil weiter weitere
weiteren weiterhin welche welchem welchen welcher welches wem wen wenig wenige weniger wenn wer werde
werden weshalb wessen wie wieder will wir wird wirklich wissen wobei wohl wollen wollte worden wurde
wurden würde würden zehn zeigen zeigt zeit zuerst zum zur zusammen zwar zwei zweite zweiten zwischen
";

const FRENCH: &str = "
afin ailleurs ainsi ait alors aller apparaît après assez attendu auc aucun aucune aujourd aujourdhui
auquel aura aurait auront aussi aussitôt autant autour autre autres autrement aux auxquelles auxquels
avaient avait avant avec avez avoir avons ayant beaucoup bien bon bonne car cas ceci cela celle celles
celui cependant certain certaine certaines certains ces cet cette ceux chacun chacune chaque chez
chose choses cinq combien comme comment contre cours dans davantage deçà dehors déjà delà depuis
dernier dernière des dès désormais dessous dessus deux deuxième devant devenir devient devra devrait
dire dit dix doit doivent donc donne donner dont durant effet elle elles encore enfin ensemble ensuite
entre environ est étaient étais était étant état été êtes être eux exemple façon faire fait faites
faut fin fois font grand grande grandes grands haut hors huit ici ils jamais jour jours jusqu jusque
laquelle les lesquelles lesquels leur leurs loin long lors lorsqu lorsque lui maintenant mais malgré
manière même mêmes met mettre mieux mis moins moment mon moyen neuf non nos notamment notre nôtre nous
nouveau nouvelle nouvelles nouveaux ont page pages par parce parfois parmi part partie partir partout
pas passe pendant permet peu peut peuvent peut-être plupart plus plusieurs plutôt point pour pourquoi
pourra pourrait pouvait pouvoir prendre près presque prend premier première premières premiers puis
puisque qu quand quant quatre que quel quelle quelles quels quelque quelques quelqu qui quoi quoique
rien sans sauf savoir selon sept sera serait seront ses seul seule seulement seuls six soi soient
soit sommes son sont sous souvent suis suite suivant suivante sur surtout tandis tant tel telle telles
tellement tels temps toujours tous tout toute toutefois toutes très trois trop trouve trouver une uns
utilise utiliser vers veut vient voici voilà voir vos votre vôtre vous vraiment vue
";
