/// What is said of one entry of docs/assumptions.json by what was exchanged: a function of values.
package struct Judgement: Sendable {
    /// The entry's name.
    package let assumption: String
    private let judge: @Sendable (Evidence) -> Verdict

    /// Creates a judgement.
    init(_ assumption: String, _ judge: @escaping @Sendable (Evidence) -> Verdict) {
        self.assumption = assumption
        self.judge = judge
    }

    /// Judges.
    ///
    /// - Parameter evidence: What was exchanged.
    /// - Returns: The verdict.
    package func verdict(on evidence: Evidence) -> Verdict { self.judge(evidence) }

    /// A judgement that holds where each of some exchanges is as it should be.
    ///
    /// - Parameters:
    ///   - assumption: The entry's name.
    ///   - what: What the exchanges are, in the plural.
    ///   - select: Which exchanges show it.
    ///   - wrong: What is wrong with one; nil for nothing.
    /// - Returns: The judgement: not seen where there is no such exchange.
    static func each(
        _ assumption: String,
        _ what: String,
        _ select: @escaping @Sendable (Evidence) -> [Exchange],
        _ wrong: @escaping @Sendable (Exchange) -> String?
    ) -> Self {
        Self(assumption) { Verdict.each(what, select($0), wrong) }
    }

    /// An entry that a field test cannot see.
    ///
    /// - Parameters:
    ///   - assumption: The entry's name.
    ///   - why: Why not, as a sentence.
    /// - Returns: The judgement.
    static func unseen(_ assumption: String, _ why: String) -> Self { Self(assumption) { _ in .notSeen(why) } }
}
