import AsyncHTTPClient
import BackupDomain

extension ProxyServer {
    /// What the proxy is told to let us through.
    var authorization: HTTPClient.Authorization? {
        self.user.map { .basic(username: $0, password: self.password?.reveal() ?? "") }
    }
}
