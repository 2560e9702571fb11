/// How often each kind of misfortune strikes in one world.
///
/// Rates are drawn anew for every world, half of them zero: a world with few kinds of faults reaches states that one
/// with all of them never would.
package struct FaultRates: Sendable {
    private var rates: [Double]

    /// No misfortune at all.
    package static let none = Self(rates: [Double](repeating: 0, count: FaultKind.allCases.count))

    private init(rates: [Double]) { self.rates = rates }

    /// Draws the rates of a world.
    ///
    /// - Parameters:
    ///   - random: Where they come from; every kind draws, whether it is left out or not.
    ///   - upkeep: Where the rates come from of what only matters to those who look after the backups.
    ///   - excluded: Kinds that are left out.
    init(_ random: inout SplitMix, upkeep: inout SplitMix, without excluded: Set<FaultKind>) {
        self = .none
        for kind in FaultKind.allCases {
            let (isPresent, part) =
                kind.isOfUpkeep
                ? (upkeep.happens(0.5), upkeep.unit()) : (random.happens(0.5), random.unit())
            if isPresent, !excluded.contains(kind) { self.rates[kind.rawValue] = part * kind.highestRate }
        }
    }

    /// The rate of one kind.
    package subscript(kind: FaultKind) -> Double {
        get { self.rates[kind.rawValue] }
        set { self.rates[kind.rawValue] = newValue }
    }

    /// The kinds that strike at all.
    package var kinds: [FaultKind] { FaultKind.allCases.filter { self[$0] > 0 } }
}
