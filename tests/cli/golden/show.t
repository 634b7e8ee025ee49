Whole articles, and why they match.

  $ stemma index archive.jsonl > first.txt 2>&1
  $ stemma show guns-1
  Artillery heard at dawn
  key: guns-1
  date: 1916-03-05
  source: Northern Wire
  author: A. Reid
  lang: en
  section: war
  pages: 2
  
  The armoured train moved at dawn. Two trains followed with shells.
  
  Letters from the crew arrived later.
  $ stemma show guns-1 -q '"armoured train" NOT letters' --color always | cat -v
  ^[[1mArtillery heard at dawn^[[0m
  ^[[2mkey: ^[[0mguns-1
  ^[[2mdate: ^[[0m1916-03-05
  ^[[2msource: ^[[0mNorthern Wire
  ^[[2mauthor: ^[[0mA. Reid
  ^[[2mlang: ^[[0men
  ^[[2msection: ^[[0mwar
  ^[[2mpages: ^[[0m2
  
  The ^[[1;31marmoured^[[0m ^[[1;31mtrain^[[0m moved at dawn. Two trains followed with shells.
  
  Letters from the crew arrived later.
  $ stemma show nobody
  not found: no article has the key nobody
    hint: `stemma search --ids WORDS` prints keys
  [1]
  $ stemma show nobody resume | head -3
  not found: no article has the key nobody
    hint: `stemma search --ids WORDS` prints keys
  A résumé of the year
  key: resume
  date: 1917-12-31
  $ stemma show 'two words'
  key: two words
  lang: en
  
  An article whose key has a space and 100% of a sign.
  $ stemma explain 'armour* "two trains" NOT title:letters'
  Tokens, as the text was read
    words "armour*"
    phrase "two trains"
    operator NOT
    words "letters", in title
  Tree, as it is meant
    without
      all of
        pattern armour*
        phrase two (words: w:two) trains (words: w:trains)
      word letters (stems: S:lett S:letter S:letters) in title
  Canonical text
    armour* AND "two trains" NOT title:letters
  Plan
    the first without the second: at most 1 document
      all of: at most 1 document
        pattern armour*: 1 word
        phrase: at most 1 document
          word "two": in 1 document, weight 3.2259
          word "trains": in 1 document, weight 3.2259
      word title:letters: in 1 document, 3 terms counted as one, no weight
    executor: bounds on impacts
  Words
    armour*: 1 word: armoured
    "two": in 1 of 7 articles
    "trains": in 1 of 7 articles
    title:letters: at most in 1 of 7 articles; as 1 word: letters
  Notes
    (none: read as typed)
  $ stemma explain train letters --key guns-1
  Tokens, as the text was read
    words "train"
    words "letters"
  Tree, as it is meant
    all of
      word train (stems: s:train)
      word letters (stems: s:lett s:letter s:letters)
  Canonical text
    train AND letters
  Plan
    all of: at most 2 documents
      word train: in 3 documents, weight 1.0922
      word letters: in 2 documents, 3 terms counted as one, weight 1.7346
    executor: bounds on impacts
  Words
    train: in 3 of 7 articles; as 2 words: train, trains
    letters: at most in 2 of 7 articles; as 1 word: letters
  Notes
    (none: read as typed)
  Score
  guns-1
    1.256103  score, the sum of 2 parts; length 58, average 41.1
      0.599677  train: twice; rarity 1.092161 (in 3 of 7 articles) x frequency 0.549073
      0.656426  letters: once; rarity 1.734606 (in 2 of 7 articles) x frequency 0.378430
  $ stemma explain train --key flood-2
  Tokens, as the text was read
    words "train"
  Tree, as it is meant
    word train (stems: s:train)
  Canonical text
    train
  Plan
    word train: in 3 documents, weight 1.0922
    executor: bounds on impacts
  Words
    train: in 3 of 7 articles; as 2 words: train, trains
  Notes
    (none: read as typed)
  Score
  flood-2
    does not match
  [1]
  $ stemma explain train --key nobody | tail -2
  not found: no article has the key nobody
    (none: read as typed)
  Score
  $ stemma explain '"open train'
  Tokens, as the text was read
    phrase "open train"
  Tree, as it is meant
    phrase open (words: w:open) train (words: w:train)
  Canonical text
    "open train"
  Plan
    phrase: at most 0 documents
      word "open": in 0 documents, weight 5.9577
      word "train": in 3 documents, weight 1.0922
    executor: bounds on impacts
  Words
    "open": in 0 of 7 articles
    "train": in 3 of 7 articles
  Notes
    at byte 0: this quotation mark is never closed; the phrase goes on to the end
      close it with a second quotation mark
