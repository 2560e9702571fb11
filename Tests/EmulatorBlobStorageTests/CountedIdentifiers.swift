import EmulatorRuntime
import Foundation
import Synchronization

/// Identifiers that count upwards.
final class CountedIdentifiers: IdentifierSource {
    private let count = Mutex(UInt8(0))

    func next() -> UUID {
        let number = self.count.withLock { count in
            count &+= 1
            return count
        }
        return UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number))
    }
}
