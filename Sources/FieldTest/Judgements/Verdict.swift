/// What a field test says of one assumption.
package struct Verdict: Sendable, Codable, Hashable {
    /// How it stands.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Azure was seen to behave so.
        case confirmed
        /// Azure was seen to behave otherwise.
        case contradicted
        /// Nothing that was exchanged shows it.
        case notSeen
    }

    /// How many exchanges are named.
    private static let named = 8

    /// How it stands.
    package var kind: Kind
    /// What was seen, or why nothing was.
    package var text: String
    /// The numbers of exchanges that show it; the first ones.
    package var exchanges: [Int]

    /// Azure was seen to behave so.
    static func confirmed(_ text: String, _ exchanges: [Exchange]) -> Self {
        Self(kind: .confirmed, text: text, exchanges: exchanges.prefix(Self.named).map(\.number))
    }

    /// Azure was seen to behave otherwise.
    static func contradicted(_ text: String, _ exchange: Exchange) -> Self {
        Self(kind: .contradicted, text: text, exchanges: [exchange.number])
    }

    /// Confirmed where each of some exchanges is as it should be, and not seen where there is none.
    ///
    /// - Parameters:
    ///   - what: What the exchanges are, in the plural.
    ///   - exchanges: The exchanges.
    ///   - wrong: What is wrong with one; nil for nothing.
    /// - Returns: The verdict.
    static func each(_ what: String, _ exchanges: [Exchange], _ wrong: (Exchange) -> String?) -> Self {
        guard !exchanges.isEmpty else { return .notSeen("There were no \(what).") }
        for exchange in exchanges {
            if let fault = wrong(exchange) { return .contradicted(fault, exchange) }
        }
        return .confirmed("So each time; \(what): \(exchanges.count).", exchanges)
    }

    /// Nothing that was exchanged shows it.
    static func notSeen(_ text: String) -> Self { Self(kind: .notSeen, text: text, exchanges: []) }
}
