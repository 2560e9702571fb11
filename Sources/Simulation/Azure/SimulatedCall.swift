import AzureClient
import FoundationEssentials
import HTTPTypes

/// One call as the simulated Azure understands it.
struct SimulatedCall: Sendable {
    /// Who answers.
    enum Service: Int, Sendable, CaseIterable {
        case identity, management, storage
    }

    /// What is asked.
    enum Route: Sendable, Hashable {
        case token(audience: String)
        case readInstance
        case backup
        case operation(Int)
        case listResources(type: String)
        case readStorageAccount
        case headContainer(Container)
        case createContainer(Container)
        case list(Container)
        case headBlob(Container, String)
        case readBlob(Container, String)
        case writeBlob(Container, String)
        case deleteBlob(Container, String)
        case lease(String)
        case unknown
    }

    /// The two containers that there are.
    enum Container: String, Sendable, Hashable {
        case backups = "apim-backups"
        case catalog = "apim-backups-catalog"
    }

    let request: HTTPExchangeRequest
    let route: Route
    let service: Service
    /// The number of the process that calls.
    let process: Int

    /// Reads a request.
    init(_ request: HTTPExchangeRequest, process: Int) {
        self.request = request
        self.process = process
        let text = request.url.absoluteString
        let (path, query) = Self.split(text)
        if text.hasPrefix("https://management.azure.com/") {
            self.service = .management
            self.route = Self.management(path, query, request.method)
        } else if text.hasPrefix(SimulatedNames.blobEndpoint) {
            self.service = .storage
            self.route = Self.storage(path, query, request.method)
        } else {
            self.service = .identity
            self.route = Self.parameter("resource", query).map { .token(audience: $0) } ?? .unknown
        }
    }

    /// Whether the call changes something that lasts: the moments around it are where a crash tells most.
    var isStep: Bool {
        switch self.route {
        case .backup, .writeBlob, .deleteBlob, .createContainer: true
        case .lease: self.leaseAction != "renew"
        default: false
        }
    }

    /// What is to be done with a lease.
    var leaseAction: String? { self.request.fields[SimulatedNames.leaseAction] }

    /// A parameter of the query.
    func parameter(_ name: String) -> String? {
        Self.parameter(name, Self.split(self.request.url.absoluteString).query)
    }

    private static func split(_ text: String) -> (path: Substring, query: Substring) {
        let rest = text.utf8.dropFirst(8)
        guard let slash = rest.firstIndex(of: 47) else { return ("", "") }
        guard let mark = rest[slash...].firstIndex(of: 63) else { return (text[slash...], "") }
        return (text[slash..<mark], text[text.utf8.index(after: mark)...])
    }

    private static func parameter(_ name: String, _ query: Substring) -> String? {
        var rest = query.utf8
        while let end = rest.firstIndex(of: 38) ?? (rest.isEmpty ? nil : rest.endIndex) {
            let pair = rest[..<end]
            rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
            guard pair.starts(with: name.utf8) else { continue }
            let value = pair.dropFirst(name.utf8.count)
            guard value.first == 61 else { continue }
            let text = Substring(value.dropFirst())
            return text.utf8.contains { $0 == 37 || $0 == 43 } ? Self.decoded(text, plus: 32) : String(text)
        }
        return nil
    }

    /// Decodes percent-encoded text; a plus stands for a blank in queries and for itself in paths.
    private static func decoded(_ text: Substring, plus: UInt8 = 43) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == 37, let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == 43 ? plus : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func management(_ path: Substring, _ query: Substring, _ method: HTTPRequest.Method) -> Route {
        if path == SimulatedNames.instance[...] { return .readInstance }
        if path.utf8.starts(with: SimulatedNames.instance.utf8) {
            let rest = path.utf8.dropFirst(SimulatedNames.instance.utf8.count)
            if rest.elementsEqual("/backup".utf8), method == .post { return .backup }
            if rest.starts(with: "/operationresults/op".utf8), let number = Int(Substring(rest.dropFirst(20))) {
                return .operation(number)
            }
            return .unknown
        }
        if path == SimulatedNames.storageAccountID[...] { return .readStorageAccount }
        guard path.hasSuffix("/resources"),
            let filter = Self.parameter("$filter", query) ?? Self.parameter("%24filter", query)
        else { return .unknown }
        return .listResources(type: filter.contains("ApiManagement") ? "instance" : "account")
    }

    private static func storage(_ path: Substring, _ query: Substring, _ method: HTTPRequest.Method) -> Route {
        let rest = path.dropFirst()
        let slash = rest.utf8.firstIndex(of: 47)
        guard let container = Container(rawValue: String(rest[..<(slash ?? rest.endIndex)])) else { return .unknown }
        guard let slash else {
            if method == .head { return .headContainer(container) }
            return method == .put ? .createContainer(container) : .list(container)
        }
        let text = rest[rest.utf8.index(after: slash)...]
        let name = text.utf8.contains(37) ? Self.decoded(text) : String(text)
        switch method {
        case .head: return .headBlob(container, name)
        case .get: return .readBlob(container, name)
        case .put: return query == "comp=lease" ? .lease(name) : .writeBlob(container, name)
        case .delete: return .deleteBlob(container, name)
        default: return .unknown
        }
    }
}
