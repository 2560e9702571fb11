import Synchronization

/// Marks in place of names and ids: the same text gets the same mark, whatever its case, wherever it stands.
///
/// A text keeps the kind of the place at which it was first seen.
final class Pseudonyms: Sendable {
    private struct State {
        var marks: [String: String] = [:]
        var counts: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// The mark of a text.
    ///
    /// - Parameters:
    ///   - text: The text; an empty one stays.
    ///   - kind: What it names, such as `instance`.
    /// - Returns: The mark, such as `{instance-1}`.
    func mark(_ text: String, _ kind: String) -> String {
        guard !text.isEmpty else { return "" }
        return self.state.withLock { state in
            if let mark = state.marks[text.lowercased()] { return mark }
            let count = (state.counts[kind] ?? 0) + 1
            let mark = "{\(kind)-\(count)}"
            state.counts[kind] = count
            state.marks[text.lowercased()] = mark
            return mark
        }
    }

    /// The mark that a text has already.
    ///
    /// - Parameter text: The text.
    /// - Returns: The mark; nil where the text was not seen yet.
    func known(_ text: String) -> String? { self.state.withLock { $0.marks[text.lowercased()] } }
}
