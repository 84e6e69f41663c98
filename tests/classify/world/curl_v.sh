for url; do
  curl -v -m 3 -d '{"model": "gpt-9"}' "$url/chat/completions" 2>&1
  printf '\036\n'
done
