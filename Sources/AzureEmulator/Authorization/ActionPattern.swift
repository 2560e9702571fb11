/// An action of a role definition, in which every `*` stands for any text, slashes included.
///
/// Case does not matter.
struct ActionPattern: Sendable {
    private let pattern: [UInt8]

    init(_ pattern: String) { self.pattern = Array(pattern.lowercased().utf8) }

    func matches(_ action: String) -> Bool {
        let text = Array(action.lowercased().utf8)
        let star = UInt8(ascii: "*")
        var position = (text: 0, pattern: 0)
        var retry: (text: Int, pattern: Int)?
        while position.text < text.count {
            if position.pattern < self.pattern.count, self.pattern[position.pattern] == star {
                retry = (position.text, position.pattern)
                position.pattern += 1
            } else if position.pattern < self.pattern.count, self.pattern[position.pattern] == text[position.text] {
                position.text += 1
                position.pattern += 1
            } else if let last = retry {
                retry = (last.text + 1, last.pattern)
                position = (last.text + 1, last.pattern + 1)
            } else {
                return false
            }
        }
        return self.pattern[position.pattern...].allSatisfy { $0 == star }
    }
}
