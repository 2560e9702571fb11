import AzureClient
import Synchronization

/// A credential that gives token 1, 2, 3, … and counts how often it was asked.
final class CountingCredential: TokenCredential {
    private let count = Mutex(0)
    private let lifetime: Double

    let name = "counting"

    init(lifetime: Double = 3600) { self.lifetime = lifetime }

    var asked: Int { self.count.withLock(\.self) }

    func token(for audience: String) async throws -> AccessToken {
        let number = self.count.withLock { count in
            count += 1
            return count
        }
        return Fixture.token(number, expiresIn: self.lifetime)
    }
}
