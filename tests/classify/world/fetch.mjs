for (const url of process.argv.slice(2)) {
  try {
    const response = await fetch(`${url}/chat/completions`, {
      method: "POST",
      body: '{"model": "gpt-9"}',
      signal: AbortSignal.timeout(3000),
    });
    console.log(`Error: OpenAI request failed with status ${response.status}: ${await response.text()}`);
  } catch (error) {
    console.log("chat/completions", error);
  }
  console.log("\x1e");
}
