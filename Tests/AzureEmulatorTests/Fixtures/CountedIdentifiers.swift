import EmulatorRuntime
import Foundation
import Synchronization

/// Identifiers that count up, the same in every run.
final class CountedIdentifiers: IdentifierSource {
    private let count = Mutex(0)

    func next() -> UUID {
        let number = self.count.withLock { count in
            count += 1
            return count
        }
        let digits = String(number, radix: 16)
        let text = String(repeating: "0", count: 8 - digits.count) + digits + "-0000-4000-8000-000000000000"
        return UUID(uuidString: text) ?? UUID()
    }
}
