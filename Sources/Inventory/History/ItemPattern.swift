package import BackupDomain

/// What a person looks for: a kind, and a pattern of names.
package struct ItemPattern: Sendable {
    /// The kinds that are looked through.
    package let kinds: Set<InventoryKind>
    /// The pattern: `*` stands for any text, `?` for any one character; letters are compared without regard to case.
    package let pattern: String

    /// Reads what a person typed.
    ///
    /// - Parameters:
    ///   - kind: A kind: its noun in singular or plural (`api`, `operations`, `named-value`), its collection (`apiVersionSets`), its
    ///     path (`apis/policies`), or `any`.
    ///   - pattern: The pattern.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where there is no such kind; it names those that there are.
    package init(kind: String, pattern: String) throws(BackupError) {
        let wanted = Self.folded(kind)
        let kinds = InventoryKind.all.filter { kind in
            guard let rule = KindRule.of(kind), rule.shape != .tagUse else { return false }
            if wanted == "any" { return rule.shape != .link }
            return [kind.path.lowercased(), Self.folded(rule.noun), Self.folded(kind.collection)].contains {
                $0 == wanted || $0 + "s" == wanted || $0 == wanted + "s"
            } && (rule.shape != .link || wanted.contains("/"))
        }
        guard !kinds.isEmpty else {
            let known =
                KindRule.all.filter { $0.shape != .tagUse }.map(\.collection) + ["operations", "releases", "any"]
            throw BackupError(
                .invalidInput,
                "There is no kind '\(kind)'.",
                remedy: "Kinds are: \(known.sorted().joined(separator: ", "))."
            )
        }
        self.kinds = Set(kinds)
        self.pattern = pattern
    }

    /// Whether something is looked for.
    ///
    /// - Parameter item: It.
    /// - Returns: Whether it is of one of the kinds, and its name or its display name is like the pattern.
    package func matches(_ item: InventoryItem) -> Bool {
        guard self.kinds.contains(item.kind) else { return false }
        return [item.name, item.displayName].compactMap(\.self).contains {
            Self.isLike(Array($0.lowercased()), Array(self.pattern.lowercased()))
        }
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
    }

    /// Whether a text is like a pattern; goes back to the last `*` only, so that no pattern takes long.
    private static func isLike(_ text: [Character], _ pattern: [Character]) -> Bool {
        var (place, here) = (0, 0)
        var star: (place: Int, here: Int)?
        while place < text.count {
            if here < pattern.count, pattern[here] == "*" {
                star = (place, here)
                here += 1
            } else if here < pattern.count, pattern[here] == "?" || pattern[here] == text[place] {
                (place, here) = (place + 1, here + 1)
            } else if let last = star {
                star = (last.place + 1, last.here)
                (place, here) = (last.place + 1, last.here + 1)
            } else {
                return false
            }
        }
        return pattern[here...].allSatisfy { $0 == "*" }
    }
}
