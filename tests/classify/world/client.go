package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	client := http.Client{Timeout: 3 * time.Second}
	for _, url := range os.Args[1:] {
		response, err := client.Post(url+"/chat/completions", "application/json", strings.NewReader(`{"model": "gpt-9"}`))
		if err == nil {
			body, failed := io.ReadAll(response.Body)
			fmt.Printf("error, status code: %d, status: %s, body: %s\n", response.StatusCode, response.Status, body)
			err = failed
		}
		if err != nil {
			fmt.Println(err)
		}
		fmt.Println("\x1e")
	}
}
