/// A behaviour of Azure that is not known for sure, with the answers that the emulator can give.
///
/// docs/assumptions.json says of each what it is, who relies on it, and where the answers come from.
package struct Assumption: Sendable {
    /// One plausible answer.
    package struct Answer: Sendable {
        /// The name, in kebab case.
        package let name: String
        /// Makes a world give this answer.
        let apply: @Sendable (inout World) -> Void
    }

    /// The name, in kebab case.
    package let name: String
    /// The answers; the first is given unless another one is asked for.
    package let answers: [Answer]

    /// Names an assumption and its answers, the default first.
    init(_ name: String, _ answers: KeyValuePairs<String, @Sendable (inout World) -> Void>) {
        self.name = name
        self.answers = answers.map { Answer(name: $0.key, apply: $0.value) }
    }

    /// Finds an answer.
    ///
    /// - Parameters:
    ///   - answer: The answer's name.
    ///   - name: The assumption's name.
    /// - Returns: The answer.
    /// - Throws: ``AssumptionMistake`` where there is none, with those that there are.
    static func answer(_ answer: String, to name: String) throws(AssumptionMistake) -> Answer {
        guard let assumption = Self.all.first(where: { $0.name == name }) else {
            throw AssumptionMistake(
                message: "There is no assumption '\(name)'; there are "
                    + Self.all.map(\.name).joined(separator: ", ") + "."
            )
        }
        guard let found = assumption.answers.first(where: { $0.name == answer }) else {
            throw AssumptionMistake(
                message: "The assumption '\(name)' has no answer '\(answer)'; its answers are "
                    + assumption.answers.map(\.name).joined(separator: ", ") + "."
            )
        }
        return found
    }
}
