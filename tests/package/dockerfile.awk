# A Dockerfile as lines "STAGE<tab>INSTRUCTION<tab>THE REST", without comments, stages counted from 1.
/^[ \t]*(#|$)/ { next }
{
  while (sub(/\\$/, "") && (getline more) > 0) $0 = $0 more
  word = $1
  sub(/^[^ \t]+[ \t]+/, "")
  if (word == "FROM") ++stage
  print stage "\t" word "\t" $0
}
