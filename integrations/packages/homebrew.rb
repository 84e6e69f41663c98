class CodegptDoctor < Formula
  desc "Finds out why the AI in your editor does not answer"
  homepage "https://codegpt-doctor.github.io/codegpt-doctor/"
  url "$url"
  version "$version"
  sha256 "$sha256"
  license "MIT"

  depends_on "python@3.13"

  def install
    libexec.install "$file"
    (bin/"codegpt-doctor").write <<~SH
      #!/bin/sh
      exec "#{Formula["python@3.13"].opt_bin}/python3.13" "#{libexec}/$file" "$$@"
    SH
    generate_completions_from_executable(bin/"codegpt-doctor", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/codegpt-doctor --version")
    system bin/"codegpt-doctor", "check", "--simulate", "healthy"
  end
end
