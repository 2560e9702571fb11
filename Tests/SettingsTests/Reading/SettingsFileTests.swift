import Foundation
import Settings
import Testing

@Suite("The settings file as YAML")
struct SettingsFileTests {
    private func resolve(_ content: Data) -> ProgramSettings.Resolution {
        ProgramSettings.resolve(file: SettingsFile(path: "s.yaml", content: content), variables: [:])
    }

    @Test(arguments: [
        "version: 1\nwidth: 8\n", "version: 1\r\nwidth: 8\r\n", "\u{FEFF}version: 1\nwidth: 8\n",
        "version: 1\nwidth: 8",
        "---\nversion: 1\nwidth: 8\n...\n", "{version: 1, width: 8}", #"{"version": 1, "width": 8}"#,
        "# about\nversion: 1 # the format\nwidth: 8\nretention:\n  # keepLast: 3\ninstances:\n",
    ])
    func `is read in every usual form`(_ text: String) {
        let resolution = self.resolve(Data(text.utf8))
        #expect(resolution.problems.isEmpty, "\(resolution.problems)")
        #expect(resolution.settings.width == 8)
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var content: Data
        var place: String
        var says: String

        init(_ description: String, _ text: String, at place: String, says: String) {
            self.init(description, bytes: Data(text.utf8), at: place, says: says)
        }

        init(_ description: String, bytes: Data, at place: String, says: String) {
            self.testDescription = description
            self.content = bytes
            self.place = place
            self.says = says
        }
    }

    /// Nine levels of nine aliases each: a few hundred bytes that stand for some hundred million values.
    static let bomb =
        "version: 1\na0: &a0 x\n"
        + (1...9).map { level in
            "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
        }.joined()

    static let cases: [Case] = [
        Case("empty", "", at: "s.yaml:1:1", says: "holds no settings"),
        Case("comments only", "# nothing\n", at: "s.yaml:1:1", says: "holds no settings"),
        Case("no version", "width: 8\n", at: "s.yaml:1:1", says: "the version is missing"),
        Case("a newer version", "version: 2\nnews: x\n", at: "s.yaml:1:10", says: "of a newer release"),
        Case("version zero", "version: 0\n", at: "s.yaml:1:10", says: "out of range"),
        Case("a text for the version", "version: \"1\"\n", at: "s.yaml:1:10", says: "stands in quotes"),
        Case("a list", "- version: 1\n", at: "s.yaml:1:1", says: "a list stands here"),
        Case("a word", "version\n", at: "s.yaml:1:1", says: "a text stands here"),
        Case(
            "a key twice",
            "version: 1\nwidth: 3\nwidth: 4\n",
            at: "s.yaml:2:1",
            says: "'width' stands more than once"
        ),
        Case(
            "a schedule without quotes, with the line breaks of Windows",
            "version: 1\r\nschedule:\r\n  cron: */15 * * * *\r\n",
            at: "s.yaml:3:10",
            says: "begins with '*'"
        ),
        Case("a tab", "version: 1\nstorage:\n\taccount: x\n", at: "s.yaml:3:1", says: "a tab"),
        Case("broken", "version: 1\nstorage: {account: x\n", at: "s.yaml:3:1", says: "this is no YAML"),
        Case("indented wrongly", "version: 1\n  width: 3\n", at: "s.yaml:2:8", says: "this is no YAML"),
        Case("two documents", "version: 1\n---\nversion: 1\n", at: "s.yaml:2:1", says: "another document"),
        Case("an anchor", "version: 1\nstorage: &s {}\n", at: "s.yaml:2:10", says: "anchors and aliases"),
        Case("an anchor at the start", "&a version: 1\n", at: "s.yaml:1:1", says: "anchors and aliases"),
        Case("an alias without an anchor", "version: 1\nstorage: *s\n", at: "s.yaml:2:10", says: "undefined alias"),
        Case("an alias bomb", Self.bomb, at: "s.yaml:2:5", says: "anchors and aliases"),
        Case("an alias bomb as a key", Self.bomb + "? *a9\n: x\n", at: "s.yaml:2:5", says: "anchors and aliases"),
        Case("an anchor in brackets", "version: 1\nx: [1,&a 2]\n", at: "s.yaml:2:7", says: "anchors and aliases"),
        Case("a tag", "version: 1\nwidth: !!int \"3\"\n", at: "s.yaml:2:8", says: "stands in quotes"),
        Case("a tag on a word", "version: !!int 1\n", at: "s.yaml:1:10", says: "the tag"),
        Case("a key that is a list", "version: 1\n? [a]\n: b\n", at: "s.yaml:2:3", says: "a key is no word"),
        Case(
            "too deep",
            "version: 1\nx: " + String(repeating: "[", count: 20) + String(repeating: "]", count: 20),
            at: "s.yaml:2:19",
            says: "more than 16 deep"
        ),
        Case(
            "far too deep",
            "version: 1\nx: " + String(repeating: "[", count: 100_000),
            at: "s.yaml:2:5",
            says: "nesting"
        ),
        Case(
            "too large",
            "version: 1\n#" + String(repeating: "x", count: SettingsFile.capInBytes),
            at: "s.yaml:1:1",
            says: "at most"
        ),
        Case("not UTF-8", bytes: Data([0x76, 0xFF, 0xFE]), at: "s.yaml:1:1", says: "not UTF-8"),
        Case("UTF-16", bytes: Data([0xFF, 0xFE, 0x76, 0]), at: "s.yaml:1:1", says: "not UTF-8"),
        Case("a control character", "version: 1\nwidth: \u{1}\n", at: "s.yaml:2:1", says: "control characters"),
    ]

    @Test(arguments: cases)
    func `is refused with the place where it is wrong`(_ test: Case) throws {
        let resolution = self.resolve(test.content)
        let problem = try #require(resolution.problems.first)
        #expect("\(problem)".hasPrefix("\(test.place): error: "), "\(problem)")
        #expect("\(problem)".contains(test.says), "\(problem)")
        #expect(resolution.problems.count == 1, "\(resolution.problems)")
    }

    @Test(arguments: [
        "version: 1\nwidth: 3\nwidht: 3\nwidth: 4\ncloud: a b\n",
        "version: 1\nwidth: 3\nwidht: 3\n\"width\":\n# no\n- 4\n\n- 5\ncloud: a b\n",
        "version: 1\nwidth: 3\nwidht: 3\nwidth: 4\ncloud: a b\nwidth: 5\n",
    ])
    func `a key that stands twice hides no other problem`(_ text: String) {
        for lineBreak in ["\n", "\r\n"] {
            let problems = self.resolve(Data(text.replacing("\n", with: lineBreak).utf8)).problems
            #expect(problems.map(\.field) == ["", "widht", "cloud"], "\(problems)")
        }
    }

    @Test func `a key that stands twice in an entry of a list leaves its neighbours alone`() {
        let text = """
            version: 1
            instances:
              - name: contoso-apim
                timeout: 3h
                timeout: 4h
              - name: fabrikam-apim
                timeout: 5h
                storage:
                  account: a
                  account: b
            storage:
              account: contosobackups
            """
        let problems = self.resolve(Data(text.utf8)).problems.map(\.description)
        let lines = problems.compactMap { $0.split(separator: ":").dropFirst().first.map(String.init) }
        #expect(lines.prefix(1) == ["4"] && lines.contains("9"), "\(problems)")
        #expect(problems.count { $0.contains("stands more than once") } == 2, "\(problems)")
    }

    @Test func `an ampersand in a text is no anchor`() {
        let resolution = self.resolve(Data("version: 1 # R&D, this & that\ncloud: a&b\n".utf8))
        #expect(resolution.problems.map(\.field) == ["cloud"], "\(resolution.problems)")
    }
}
