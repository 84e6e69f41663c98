require "net/http"
ARGV.each do |url|
  begin
    uri = URI("#{url}/chat/completions")
    said = Net::HTTP.start(uri.host, uri.port, read_timeout: 3) { |http| http.post(uri.path, '{"model": "gpt-9"}') }
    puts "OpenAI HTTP Error: the server responded with status #{said.code}: #{said.body}"
  rescue => error
    puts "OpenAI: #{error.class}: #{error.message}"
  end
  puts "\x1e"
end
