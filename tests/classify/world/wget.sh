for url; do
  wget -T 3 -t 1 --content-on-error -O - --post-data '{"model": "gpt-9"}' "$url/chat/completions" 2>&1
  printf '\036\n'
done
