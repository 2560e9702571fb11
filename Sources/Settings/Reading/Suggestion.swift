/// What somebody may have meant who wrote a word that is not known.
enum Suggestion {
    /// Finds the word that is nearest.
    ///
    /// - Parameters:
    ///   - word: What was written.
    ///   - words: What is known.
    /// - Returns: The nearest one that is near enough; nil where none is.
    static func nearest(to word: String, among words: [String]) -> String? {
        let plain = Self.plain(word)
        guard !plain.isEmpty, plain.count <= 64 else { return nil }
        let ranked = words.map { (word: $0, distance: Self.distance(plain, Self.plain($0))) }
        guard let best = ranked.min(by: { ($0.distance, $0.word) < ($1.distance, $1.word) }) else { return nil }
        if best.distance <= max(1, min(3, plain.count / 3)) { return best.word }
        // Whoever writes 'url' means 'urlFile'.
        return plain.count < 3 ? nil : words.first { Self.plain($0).starts(with: plain) }
    }

    /// Finds a key of that very name elsewhere.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - keys: All keys.
    /// - Returns: Its path, the shortest first; nil where there is none, or only below a list.
    static func place(of name: String, in keys: [SettingKey]) -> SettingPath? {
        func search(_ keys: [SettingKey], _ path: SettingPath) -> SettingPath? {
            if let key = keys.first(where: { Self.plain($0.name) == Self.plain(name) }) {
                return path.appending(key.name)
            }
            for key in keys {
                guard case .section(let children) = key.content else { continue }
                if let found = search(children, path.appending(key.name)) { return found }
            }
            return nil
        }
        return search(keys, .top)
    }

    /// A word without what people write differently.
    private static func plain(_ word: String) -> [Character] {
        Array(word.lowercased().filter { !"-_.".contains($0) })
    }

    /// How many letters must be changed, put in, taken out or swapped with their neighbour.
    private static func distance(_ first: [Character], _ second: [Character]) -> Int {
        guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
        var older: [Int] = []
        var previous = Array(0...second.count)
        for i in 1...first.count {
            var current = [i]
            for j in 1...second.count {
                let isSame = first[i - 1] == second[j - 1]
                var best = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (isSame ? 0 : 1))
                if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
                    best = min(best, older[j - 2] + 1)
                }
                current.append(best)
            }
            (older, previous) = (previous, current)
        }
        return previous[second.count]
    }
}
