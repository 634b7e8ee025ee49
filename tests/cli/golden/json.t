JSON Lines: a header, hits, a footer.

  $ stemma index archive.jsonl > first.txt 2>&1
  $ stemma search --json '"armoured train"' | sed 's/"seconds":[0-9.e-]*/"seconds":0/'
  {"v":1,"type":"header","query":"\"armoured train\"","understood":"\"armoured train\"","notes":[],"generation":1,"documents":7,"total":1,"offset":0,"sort":"score"}
  {"v":1,"type":"hit","rank":1,"key":"guns-1","score":1.6340975217544371,"title":"Artillery heard at dawn","date":"1916-03-05","source":"Northern Wire","author":["A. Reid"],"lang":"en","metadata":{"section":"war","pages":2},"snippet":{"text":"The armoured train moved at dawn. Two trains followed with shells.\n\nLetters from the crew arrived later.","highlights":[[4,12],[13,18]],"starts_inside":false,"ends_inside":false}}
  {"v":1,"type":"footer","hits":1,"total":1,"seconds":0}
  $ stemma search --json --explain flood -n 1 | grep '"type":"hit"'
  {"v":1,"type":"hit","rank":1,"key":"flood-1","score":1.1740143436896073,"title":"Flood on the river","date":"1916-03-20","source":"Northern Wire","lang":"en","metadata":{"section":"weather","pages":3},"snippet":{"text":"The river rose and the flood gate failed. Co-operation between towns ended.","highlights":[[23,28]],"starts_inside":false,"ends_inside":false},"explanation":{"name":"score, the sum of 1 part; length 50, average 41.1","value":1.1740143436896073,"parts":[{"name":"flood: 3 times; rarity 1.734606 (in 2 of 7 articles) x frequency 0.676819","value":1.1740143436896073}]}}
  $ stemma search --json --count flood
  {"v":1,"type":"count","query":"flood","understood":"flood","total":2}
  $ stemma search --json zebra | sed 's/"seconds":[0-9.e-]*/"seconds":0/'
  {"v":1,"type":"header","query":"zebra","understood":"zebra","notes":[],"generation":1,"documents":7,"total":0,"offset":0,"sort":"score"}
  {"v":1,"type":"footer","hits":0,"total":0,"seconds":0}
  $ stemma show --json guns-1 -q train
  {"v":1,"type":"article","article":{"id":"guns-1","title":"Artillery heard at dawn","date":"1916-03-05","source":"Northern Wire","author":["A. Reid"],"lang":"en","body":"The armoured train moved at dawn. Two trains followed with shells.\n\nLetters from the crew arrived later.","section":"war","pages":2},"highlights":{"title":[],"body":[[13,18],[38,44]]}}
  $ stemma explain --json =Train | cut -c1-90
  {"v":1,"type":"query","query":"=Train","understood":"=train","notes":[],"text":"Tokens, as
  $ stemma explain --json flood --key flood-1 --key guns-1 | tail -2
  {"v":1,"type":"explanation","key":"flood-1","matches":true,"explanation":{"name":"score, the sum of 1 part; length 50, average 41.1","value":1.1740143436896073,"parts":[{"name":"flood: 3 times; rarity 1.734606 (in 2 of 7 articles) x frequency 0.676819","value":1.1740143436896073}]}}
  {"v":1,"type":"explanation","key":"guns-1","matches":false}
  $ stemma stats --json | sed 's/"index":"[^"]*"/"index":"HERE"/; s/,"parts.*//'
  {"v":1,"type":"stats","index":"HERE","generation":1,"documents":7,"deleted_documents":0,"segments":1,"terms":196,"postings":233,"average_length":41.142857142857146
  $ stemma check --json | sed 's/"index":"[^"]*"/"index":"HERE"/; s/"bytes":[0-9]*/"bytes":N/'
  {"v":1,"type":"check","index":"HERE","files":10,"bytes":N,"articles":7,"damage":[]}
  $ stemma delete --json guns-1 nobody
  {"v":1,"type":"delete","deleted":1,"missing":["nobody"],"generation":2}
  [6]
What `show` prints can be indexed again, and is the same article.

  $ stemma show --json flood-1 | sed 's/.*"article":\({.*}\),"highlights".*/\1/' | stemma index -
  1 article in TIME: 0 added, 0 updated, 1 unchanged; the index holds 6
