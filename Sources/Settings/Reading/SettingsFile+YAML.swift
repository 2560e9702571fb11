import FoundationEssentials
import Yams

extension SettingsFile {
    /// The deepest that sections and lists may stand in each other.
    private static let deepest = 16
    /// The most keys that stand twice and are told of at once.
    private static let mostRepetitions = 20

    /// Reads the file as YAML, without giving a meaning to any text.
    ///
    /// YAML lets `0123`, `yes` and `1_000` mean something else than they say, and a few bytes of anchors and aliases stand for
    /// gigabytes. So texts stay texts until a type reads them, and anchors are refused before the parser sees them.
    ///
    /// - Parameter note: Told of keys that stand twice: the first of each counts, so that all else can be looked at too.
    /// - Returns: The tree; nil where the file holds nothing.
    /// - Throws: ``SettingsProblem``
    func tree(_ note: (SettingsProblem) -> Void) throws(SettingsProblem) -> SettingsNode? {
        guard self.content.count <= Self.capInBytes else {
            throw self.problem(
                1,
                1,
                "the file has more than \(Self.capInBytes) bytes; at most so many are read",
                fix: "Divide the instances among several files, each for a 'serve' or a timer of its own."
            )
        }
        // A byte order mark is of no meaning in UTF-8, but some editors write one.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = self.content.starts(with: mark) ? self.content.dropFirst(mark.count) : self.content
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw self.problem(1, 1, "the file is not UTF-8", fix: "Save it as UTF-8.")
        }
        if let (line, column) = Self.firstAnchor(in: text) {
            throw self.problem(
                line,
                column,
                "'&' before a word begins an anchor, and anchors and aliases are not read",
                fix: "Write the values out. In a text or a comment, put a blank behind '&'."
            )
        }
        guard let root = try self.compose(text, note) else { return nil }
        let tree = try self.node(root, depth: 1)
        return tree.isNull ? nil : tree
    }

    private func compose(_ text: String, _ note: (SettingsProblem) -> Void) throws(SettingsProblem) -> Node? {
        var text = text
        for _ in 0..<Self.mostRepetitions {
            do {
                return try Self.root(of: text)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                guard let key = keys.first, let rest = Self.dropping(key, repeatedAfter: context.mark, in: text) else {
                    throw self.repetition(of: keys, context.mark)
                }
                note(self.repetition(of: [key], context.mark))
                text = rest
            } catch {
                throw self.problem(error, text)
            }
        }
        do {
            return try Self.root(of: text)
        } catch {
            throw self.problem(error, text)
        }
    }

    private static func root(of text: String) throws -> Node? {
        // Without rules no text is taken for anything else, and the encoding is not asked of the environment.
        try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    }

    private func node(_ node: Node, depth: Int) throws(SettingsProblem) -> SettingsNode {
        let origin = self.origin(node.mark)
        guard depth <= Self.deepest else {
            throw SettingsProblem(
                at: origin,
                field: "",
                what: "sections and lists stand in each other more than \(Self.deepest) deep",
                fix: "No setting needs that: compare with 'apim-backup config generate'."
            )
        }
        switch node {
        case .scalar(let scalar):
            let isQuoted = scalar.style != .plain
            guard isQuoted || scalar.tag.description.isEmpty else { throw self.tagged(origin, scalar.tag) }
            return SettingsNode(origin: origin, content: .text(scalar.string, isQuoted: isQuoted))
        case .sequence(let sequence):
            var nodes: [SettingsNode] = []
            for element in sequence { nodes.append(try self.node(element, depth: depth + 1)) }
            return SettingsNode(origin: origin, content: .list(nodes))
        case .mapping(let mapping):
            var entries: [SettingsNode.Entry] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key else {
                    throw SettingsProblem(
                        at: self.origin(key.mark),
                        field: "",
                        what: "a key is no word",
                        fix: "Write 'key: value'."
                    )
                }
                entries.append(
                    SettingsNode.Entry(
                        key: name.string,
                        origin: self.origin(name.mark),
                        node: try self.node(value, depth: depth + 1)
                    )
                )
            }
            return SettingsNode(origin: origin, content: .keys(entries))
        case .alias(let alias):
            throw self.tagged(origin, alias.tag)
        }
    }

    private func tagged(_ origin: SettingOrigin, _ tag: Tag) -> SettingsProblem {
        SettingsProblem(
            at: origin,
            field: "",
            what: "the tag '\(tag)' stands here",
            fix: "Write the value without a tag."
        )
    }

    private func origin(_ mark: Mark?) -> SettingOrigin {
        .file(path: self.path, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }

    private func problem(_ line: Int, _ column: Int, _ what: String, fix: String? = nil) -> SettingsProblem {
        SettingsProblem(
            at: .file(path: self.path, line: line, column: column),
            field: "",
            what: what,
            fix: fix ?? "Compare with 'apim-backup config generate'."
        )
    }

    /// An error of the parser, with its place and in few words.
    private func problem(_ error: any Error, _ text: String) -> SettingsProblem {
        switch error as? YamlError {
        case .scanner(_, let words, let mark, _), .parser(_, let words, let mark, _),
            .composer(_, let words, let mark, _):
            if let sign = Self.unquotedSign(mark, in: text) {
                return self.problem(
                    mark.line,
                    mark.column,
                    "a value begins with '\(sign)' and stands without quotes: \(words)",
                    fix: "Put it in quotes, as in cron: \"*/15 * * * *\"."
                )
            }
            let isTab = Self.character(mark, in: text) == "\t"
            return self.problem(
                mark.line,
                mark.column,
                isTab ? "a tab stands where YAML takes blanks only" : "this is no YAML: \(words)",
                fix: isTab ? "Indent with blanks." : "Mind the indentation, and the blank behind each colon."
            )
        case .duplicatedKeysInMapping(let keys, let context): return self.repetition(of: keys, context.mark)
        case .reader(let words, let offset, _, let yaml):
            let before = yaml.prefix(offset ?? 0)
            let line = before.count { $0.isNewline } + 1
            return self.problem(line, 1, "this is no YAML: \(words)", fix: "Take the character out.")
        default: return self.problem(1, 1, "the file is no YAML: \(error)")
        }
    }

    private func repetition(of keys: [String], _ mark: Mark) -> SettingsProblem {
        self.problem(
            mark.line,
            mark.column,
            "\(keys.map { "'\($0)'" }.joined(separator: ", ")) stands more than once in one section",
            fix: "Keep one."
        )
    }

    private static func character(_ mark: Mark, in text: String) -> Unicode.Scalar? {
        Self.line(mark, in: text)?.unicodeScalars.dropFirst(mark.column - 1).first
    }

    /// The sign with which the value of a line begins, where YAML keeps it for itself: `*/15` and `@daily` need quotes.
    private static func unquotedSign(_ mark: Mark, in text: String) -> Character? {
        guard let line = Self.line(mark, in: text), let colon = line.firstIndex(of: ":") else { return nil }
        return line[colon...].dropFirst().first { $0 != " " }.flatMap { "*@".contains($0) ? $0 : nil }
    }

    private static func line(_ mark: Mark, in text: String) -> Substring? {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : nil
    }

    /// Finds what may begin an anchor: `&` where a value could begin, with a word behind it.
    ///
    /// Whether it really stands in a text or a comment could only be told by the parser, which must not see it.
    private static func firstAnchor(in text: String) -> (line: Int, column: Int)? {
        var (line, column) = (1, 0)
        var previous = UInt8(ascii: "\n")
        var isCandidate = false
        for byte in text.utf8 {
            if isCandidate, Self.isWord(byte) { return (line, column) }
            column += 1
            isCandidate = byte == UInt8(ascii: "&") && !Self.isWord(previous)
            if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 0) }
            previous = byte
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95 || byte == 45
    }
}
