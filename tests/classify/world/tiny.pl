use HTTP::Tiny;
for my $url (@ARGV) {
  my $said = HTTP::Tiny->new(timeout => 3)->post("$url/chat/completions", { content => '{"model": "gpt-9"}' });
  print "OpenAI: $said->{status} $said->{reason}: $said->{content}\n\x1e\n";
}
