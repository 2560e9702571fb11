import Foundation
import Synchronization

/// The end of what an execution's containers write, as far as it is kept.
final class ContainerLog: Sendable {
    /// How much is kept, in bytes.
    private static let limit = 64 << 10

    private let content = Mutex(Data())

    /// Takes what was written; the oldest makes room.
    func append(_ data: Data) {
        self.content.withLock { content in
            content.append(data)
            if content.count > Self.limit { content = Data(content.suffix(Self.limit)) }
        }
    }

    /// What is kept.
    var text: String { self.content.withLock { String(decoding: $0, as: UTF8.self) } }
}
