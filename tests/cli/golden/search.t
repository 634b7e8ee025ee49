Articles out. In a pipe one line a hit: key, score, date, title.

  $ stemma index archive.jsonl > first.txt 2>&1; cut -d' ' -f1-2 first.txt | tail -1
  7 articles
  $ stemma search train
  guns-1	0.599677	1916-03-05	Artillery heard at dawn
  guns-2	0.448987	1916-04	Letters from the front
  resume	0.421684	1917-12-31	A résumé of the year
By word, by stem, by phrase, by field, by date.

  $ stemma search --ids =trains
  guns-1
  $ stemma search --ids '"armoured train"'
  guns-1
  $ stemma search --ids '"armored train"'
  guns-2
  $ stemma search --ids '~"armoured trains"'
  guns-1
  $ stemma search --ids title:letters
  guns-2
  $ stemma search --ids 'source:"northern wire" date:1916-03'
  guns-1
  flood-1
  $ stemma search --ids section:war pages:1
  guns-2
  $ stemma search --ids 'date:1917..1918'
  flood-2
  resume
  хор
  $ stemma search --ids 'crew NEAR/3 letters'
  guns-2
  guns-1
  $ stemma search --ids 'tra* NOT river'
  guns-1
  resume
  $ stemma search --ids lang:de
  flood-2
  $ stemma search --ids хор
  хор
  $ stemma search --ids resume
  resume
  $ stemma search --ids '=wеapons'
  resume
  $ stemma search --ids weapons
  resume
Words of a shell line are one query; all are required, unless --any.

  $ stemma search --ids train letters
  guns-2
  guns-1
  $ stemma search --count train letters
  2
  $ stemma search --count --any train letters
  3
Pages and order.

  $ stemma search --ids train -n 1
  guns-1
  $ stemma search --ids train -n 1 --offset 1
  guns-2
  $ stemma search --ids train --offset 9
  nothing here: the list ends after 3, before --offset 9
  [1]
  $ stemma search --ids --sort date train
  guns-1
  guns-2
  resume
  $ stemma search --ids --sort -date train
  resume
  guns-2
  guns-1
  $ stemma search --count -n 0 train
  3
Other ways to say the query.

  $ echo '"armoured train"' | stemma search --ids -
  guns-1
  $ echo 'flood gate' > query.txt; stemma search --ids -f query.txt
  flood-1
  $ stemma search --ids -f query.txt more
  stemma: the query is given twice: as words and with -f
    hint: leave one of them out
  [2]
  $ stemma search --ids -- -river train
  guns-1
  resume
  $ stemma search --ids '“armoured train”'
  guns-1
  $ stemma search --ids "armoured train" letters
  note: the shell took the quotes away: these are plain words
    hint: single quotes outside keep a phrase together: '"armoured train" letters'
  guns-1
Keys for other programs.

  $ stemma search -0 sign | od -c | head -2
  0000000   t   w   o       w   o   r   d   s  \0
  0000012
  $ stemma search --ids sign
  two words
For people, with the matches marked.

  $ stemma search --format human --color always -n 1 '"flood gate"' | cat -v
  1  ^[[1mFlood on the river^[[0m
     ^[[36mflood-1^[[0m^[[2m M-BM-7 Northern Wire M-BM-7 1916-03-20 M-BM-7 2.50^[[0m
     The river rose and the ^[[1;31mflood^[[0m ^[[1;31mgate^[[0m failed. Co-operation between towns ended.
  
  ^[[2m1 article in TIME^[[0m
  $ stemma search --format human train river
  1  Letters from the front
     guns-2 · Harbor Post · 1916-04 · 1.16
     An armored train was seen near the river. The crew wrote letters home.
  
  1 article in TIME
  $ stemma search --explain '"flood gate"'
  flood-1	2.500198	1916-03-20	Flood on the river
  	2.500198  score, the sum of 2 parts; length 50, average 41.1
  	  1.174014  "flood": 3 times; rarity 1.734606 (in 2 of 7 articles) x frequency 0.676819
  	  1.326184  "gate": once; rarity 3.225942 (in 1 of 7 articles) x frequency 0.411100
Nothing found is exit code 1.

  $ stemma search zebra
  nothing found: zebra
    hint: `stemma explain` shows how the query was read
  [1]
  $ stemma search zebra train
  nothing found: zebra AND train
    hint: --any: 3 articles have some of the words
  [1]
  $ stemma search --count zebra
  0
  [1]
