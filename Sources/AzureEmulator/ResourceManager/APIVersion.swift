/// A version of a provider's interface, such as `2021-04-01-preview`: the later date is the greater one, and of one date
/// the preview comes before the stable version.
struct APIVersion: Comparable {
    private let date: String
    private let isStable: Bool

    /// Reads a version; nil where the text has another form.
    init?(_ text: String) {
        guard let match = text.wholeMatch(of: /(\d{4}-\d{2}-\d{2})(-[A-Za-z]+)?/) else { return nil }
        self.date = String(match.1)
        self.isStable = match.2 == nil
    }

    static func < (left: Self, right: Self) -> Bool {
        left.date == right.date ? !left.isStable && right.isStable : left.date < right.date
    }
}
