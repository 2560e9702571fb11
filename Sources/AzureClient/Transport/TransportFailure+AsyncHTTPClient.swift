import AsyncHTTPClient
import BackupDomain
import NIOCore
import NIOPosix
import NIOSSL
import SystemPackage

extension TransportFailure {
    /// Says what an error of the client means, to which origin it happened, and whether the request may have arrived.
    init(_ error: any Error, origin: Origin, request: HTTPExchangeRequest, proxied: Bool) {
        switch error {
        case let failure as TransportFailure: self = failure
        case let error as NIOConnectionError: self.init(error, origin, proxied: proxied)
        case let error as HTTPClientError: self.init(error, origin, request, proxied: proxied)
        case is NIOTooManyBytesError: self = .tooLarge(origin, capInBytes: request.capInBytes)
        case let error as NIOSSLError: self.init(error, origin)
        case is NIOSSLExtraError: self = .tls("\(error)", origin)
        case let error as IOError where error.errnoCode == 111 || error.errnoCode == 113 || error.errnoCode == 101:
            self = .connection("cannot be reached: \(Self.plainly(error))", origin, mayHaveArrived: false)
        default: self = .connection("broke the connection: \(Self.plainly(error))", origin, mayHaveArrived: true)
        }
    }

    private init(_ error: NIOConnectionError, _ origin: Origin, proxied: Bool) {
        let reason = error.connectionErrors.first.map { Self.plainly($0.error) }
        let name = proxied ? "The proxy \(error.host)" : "\(error.host)"
        guard let reason else {
            self.init(
                BackupError(
                    .hostNotFound,
                    "\(name) is not a known host name (for \(origin)).",
                    remedy: "Check the name and this machine's DNS."
                ),
                mayHaveArrived: false
            )
            return
        }
        let whom = proxied ? "(by the proxy \(error.host):\(error.port)) " : ""
        self = .connection("\(whom)cannot be reached: \(reason)", origin, mayHaveArrived: false)
    }

    /// An error of the system in its own few words, such as `Connection refused`.
    private static func plainly(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return Errno(rawValue: error.errnoCode).description
    }

    private init(_ error: HTTPClientError, _ origin: Origin, _ request: HTTPExchangeRequest, proxied: Bool) {
        switch error {
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            self = .late(
                "sent no whole answer within \(request.deadline.inSeconds) seconds",
                origin,
                mayHaveArrived: true
            )
        case .connectTimeout, .getConnectionFromPoolTimeout:
            self = .late("took longer than 10 seconds to connect", origin, mayHaveArrived: false)
        case .tlsHandshakeTimeout: self = .tls("the handshake took too long", origin)
        case .proxyAuthenticationRequired: self = .proxy("it wants another user name and password (407)", origin)
        case .invalidProxyResponse: self = .proxy("it did not open the tunnel", origin)
        case .httpProxyHandshakeTimeout: self = .proxy("it did not answer", origin)
        case .remoteConnectionClosed:
            self = .connection("closed the connection in mid-answer", origin, mayHaveArrived: true)
        default:
            self = .connection("could not be called: \(error.shortDescription)", origin, mayHaveArrived: true)
        }
    }

    private init(_ error: NIOSSLError, _ origin: Origin) {
        switch error {
        case .handshakeFailed(let reason): self = .tls("\(reason)", origin)
        case .uncleanShutdown: self = .connection("closed the connection in mid-answer", origin, mayHaveArrived: true)
        default: self = .tls("\(error)", origin)
        }
    }

    private static func connection(_ what: String, _ origin: Origin, mayHaveArrived: Bool) -> Self {
        Self(BackupError(.unreachable, "\(origin) \(what)."), mayHaveArrived: mayHaveArrived)
    }

    private static func late(_ what: String, _ origin: Origin, mayHaveArrived: Bool) -> Self {
        Self(BackupError(.timedOut, "\(origin) \(what)."), mayHaveArrived: mayHaveArrived)
    }

    private static func proxy(_ what: String, _ origin: Origin) -> Self {
        Self(
            BackupError(
                .proxyRefused,
                "The proxy refused to connect to \(origin): \(what).",
                remedy: "Check HTTPS_PROXY, or name the host in NO_PROXY if it is reached directly."
            ),
            mayHaveArrived: false
        )
    }

    private static func tls(_ reason: String, _ origin: Origin) -> Self {
        let untrusted = reason.contains("CERTIFICATE_VERIFY_FAILED") || reason.contains("unableToValidateCertificate")
        let why = untrusted ? "its certificate is not trusted by this machine" : reason
        return Self(
            BackupError(
                .tlsFailed,
                "No TLS connection with \(origin): \(why).",
                remedy:
                    "If the certificate comes from an authority of your own, set SSL_CERT_FILE to a PEM file with it."
            ),
            mayHaveArrived: false
        )
    }

    private static func tooLarge(_ origin: Origin, capInBytes: Int) -> Self {
        Self(
            BackupError(.answerTooLarge, "The answer of \(origin) is larger than \(capInBytes) bytes."),
            mayHaveArrived: true
        )
    }
}
