<?php
foreach (array_slice($argv, 1) as $url) {
    $curl = curl_init("$url/chat/completions");
    curl_setopt_array($curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 3, CURLOPT_POSTFIELDS => '{"model": "gpt-9"}']);
    $body = curl_exec($curl);
    if ($body === false) {
        echo "cURL error ", curl_errno($curl), ": ", curl_error($curl), " for $url/chat/completions\n\x1e\n";
    } else {
        print_r(["status" => curl_getinfo($curl, CURLINFO_HTTP_CODE), "body" => json_decode($body, true) ?? $body]);
        echo "\x1e\n";
    }
}
