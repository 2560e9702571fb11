/// What a field test answers to one entry of docs/assumptions.json.
package struct Answer: Sendable, Codable, Hashable {
    /// The entry's name.
    package var assumption: String
    /// How it stands.
    package var answer: Verdict.Kind
    /// What was seen, or why nothing was.
    package var text: String
    /// The numbers of exchanges that show it; the first ones.
    package var exchanges: [Int]

    /// Answers all entries.
    ///
    /// - Parameter exchanges: What was exchanged.
    /// - Returns: The answers, those that contradict first, and otherwise in the order of the judgements.
    package static func all(_ exchanges: [Exchange]) -> [Self] {
        let evidence = Evidence(exchanges)
        let answers = Judgement.all.map { judgement in
            let verdict = judgement.verdict(on: evidence)
            return Self(
                assumption: judgement.assumption,
                answer: verdict.kind,
                text: verdict.text,
                exchanges: verdict.exchanges
            )
        }
        return answers.filter { $0.answer == .contradicted } + answers.filter { $0.answer != .contradicted }
    }
}
