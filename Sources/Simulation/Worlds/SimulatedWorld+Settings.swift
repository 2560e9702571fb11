extension SimulatedWorld {
    /// What is to be simulated.
    package struct Settings: Sendable {
        /// The seed; all else follows from it.
        package var seed: UInt64
        /// How many nights have misfortunes; nil for as many as the world wants, thirty or more.
        package var nights: Int?
        /// Kinds of faults that are left out.
        package var without: Set<FaultKind> = []
        /// Chores that are left out.
        package var withoutChores: Set<Chore> = []
        /// Whether no world goes by a schedule.
        package var withoutSchedule = false
        /// Whether nobody restores.
        package var withoutRestores = false
        /// Whether nobody is in a hurry.
        package var withoutHurry = false
        /// Whether the events are kept for a reader.
        package var isTold = false

        /// What a schedule is called where it is left out.
        static let scheduleName = "schedule"
        /// What restores are called where they are left out.
        static let restoresName = "restores"
        /// What people with little time are called where they are left out.
        static let hurryName = "hurry"

        /// Creates settings.
        ///
        /// - Parameter seed: The seed.
        package init(seed: UInt64) { self.seed = seed }

        /// Leaves something out.
        ///
        /// - Parameter name: A kind of fault, a chore, `schedule`, `restores` or `hurry`.
        /// - Returns: Whether there is anything of that name.
        package mutating func leaveOut(_ name: String) -> Bool {
            if let fault = FaultKind(name: name) {
                self.without.insert(fault)
            } else if let chore = Chore(name: name) {
                self.withoutChores.insert(chore)
            } else if name == Self.scheduleName {
                self.withoutSchedule = true
            } else if name == Self.restoresName {
                self.withoutRestores = true
            } else if name == Self.hurryName {
                self.withoutHurry = true
            } else {
                return false
            }
            return true
        }

        /// Everything that can be left out.
        package static var names: [String] {
            FaultKind.allCases.map(\.name) + Chore.allCases.map(\.name)
                + [Self.scheduleName, Self.restoresName, Self.hurryName]
        }
    }
}
