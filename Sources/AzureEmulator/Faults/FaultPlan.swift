import EmulatorRuntime
import Synchronization

/// The faults of one emulator, with a count of what each rule has seen.
final class FaultPlan: Sendable {
    private let rules: [FaultRule]
    private let seen: Mutex<[Int]>

    init(_ rules: [FaultRule]) {
        self.rules = rules
        self.seen = Mutex(Array(repeating: 0, count: rules.count))
    }

    /// What happens to a call: the first rule that hits it.
    ///
    /// All rules that match count it.
    func effect(on request: EmulatedRequest, host: HostKind) -> FaultEffect? {
        guard !self.rules.isEmpty, host != .admin else { return nil }
        return self.seen.withLock { seen in
            var effect: FaultEffect?
            for (index, rule) in self.rules.enumerated() where rule.matches(request, host: host) {
                seen[index] += 1
                let number = seen[index] - rule.skip
                let isDue = number > 0 && (number - 1) % rule.every == 0
                let isHit = isDue && (rule.times.map { (number - 1) / rule.every < $0 } ?? true)
                if isHit, effect == nil { effect = rule.effect }
            }
            return effect
        }
    }
}
