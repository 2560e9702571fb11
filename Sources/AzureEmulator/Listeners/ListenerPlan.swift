/// One listener: which part of Azure it serves, and how.
struct ListenerPlan: Sendable {
    /// What it serves.
    let host: HostKind
    /// Whether it speaks TLS.
    let isSecure: Bool
    /// How large a request's body may be, in bytes.
    let bodyLimit: Int

    /// All listeners, in the order of their ports.
    static let all = [
        ListenerPlan(host: .resourceManager, isSecure: true, bodyLimit: 4 << 20),
        ListenerPlan(host: .authority, isSecure: true, bodyLimit: 1 << 20),
        ListenerPlan(host: .blob, isSecure: true, bodyLimit: 300 << 20),
        ListenerPlan(host: .blob, isSecure: false, bodyLimit: 300 << 20),
        ListenerPlan(host: .identity, isSecure: false, bodyLimit: 1 << 20),
        ListenerPlan(host: .admin, isSecure: false, bodyLimit: 1 << 20),
    ]
}
