Both halves of an index can be made anew, and copied, while searches go on.

  $ stemma index archive.jsonl
  new index: FOLDER/.stemma
  7 articles in TIME: 7 added, 0 updated, 0 unchanged; the index holds 7
  $ stemma delete guns-1
  1 article deleted; the index holds 6
  $ grep -rl guns-1 .stemma | wc -l
  3
  $ stemma compact
  6 articles written anew in TIME
  $ grep -rl guns-1 .stemma | wc -l
  0
  $ ls .stemma
  LOCK
  MANIFEST
  segments
  store-2
  $ stemma check
  sound: 10 files, 53 kB, 6 articles the same in both halves
A store that is damaged or gone comes back from the segments.

  $ for f in .stemma/store-2/*; do dd if=/dev/zero of=$f bs=1 seek=20 count=2000 conv=notrunc 2>&1 | grep -v -e rec -e byte; done; stemma check > out.txt 2>&1; echo $?; grep -q 'stemma restore' out.txt
  5
  $ stemma restore
  6 articles restored in TIME
  $ stemma check
  sound: 10 files, 53 kB, 6 articles the same in both halves
  $ rm -r .stemma/store-3; stemma index archive.jsonl
  stemma: store-3, which MANIFEST names, is missing
    hint: `stemma restore` makes the store anew from the segments
  [5]
  $ stemma restore --json | sed 's/"seconds":[0-9.e-]*/"seconds":0/'
  {"v":1,"type":"restore","documents":6,"seconds":0}
  $ stemma search -n 1 train
  guns-2	0.558422	1916-04	Letters from the front
A backup is an index of its own.

  $ stemma backup copy.stemma
  6 articles copied in TIME
  $ stemma -d copy.stemma check
  sound: 10 files, 53 kB, 6 articles the same in both halves
  $ stemma backup copy.stemma
  stemma: copy.stemma is there and not empty
    hint: name a new or empty directory for the backup
  [2]
  $ stemma -d copy.stemma index --commit-every 3 --progress json archive.jsonl
  {"committed":7,"generation":6}
  7 articles in TIME: 1 added, 0 updated, 6 unchanged; the index holds 7
