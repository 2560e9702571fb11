import EmulatorRuntime
import Synchronization

/// The place of a listener's service, which is built only when all listeners know their ports.
final class ServiceSlot: Sendable {
    private let content = Mutex<(any EmulatedService)?>(nil)

    func fill(_ service: any EmulatedService) { self.content.withLock { $0 = service } }

    var service: (any EmulatedService)? { self.content.withLock { $0 } }
}
