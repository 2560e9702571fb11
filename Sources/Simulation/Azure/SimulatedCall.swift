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
        case restore
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
    /// The parameters of the query, as they were written.
    private let query: ArraySlice<UInt8>
    let route: Route
    let service: Service
    /// The number of the process that calls.
    let process: Int

    /// Reads a request.
    init(_ request: HTTPExchangeRequest, process: Int) {
        self.request = request
        self.process = process
        let text = Array(request.url.absoluteString.utf8)
        let (path, query) = Self.split(text)
        self.query = query
        if text.starts(with: Self.managementPrefix) {
            self.service = .management
            self.route = Self.management(path, query, request.method)
        } else if text.starts(with: Self.storagePrefix) {
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
        case .backup, .restore, .writeBlob, .deleteBlob, .createContainer: true
        case .lease: self.leaseAction != "renew"
        default: false
        }
    }

    /// Whether the call begins an operation of API Management.
    var beginsOperation: Bool { self.route == .backup || self.route == .restore }

    /// What is to be done with a lease.
    var leaseAction: String? { self.request.fields[single: SimulatedNames.leaseAction] }

    /// A parameter of the query.
    func parameter(_ name: String) -> String? { Self.parameter(name, self.query) }

    private static func split(_ text: [UInt8]) -> (path: ArraySlice<UInt8>, query: ArraySlice<UInt8>) {
        guard let slash = text.dropFirst(8).firstIndex(of: 47) else { return ([], []) }
        guard let mark = text[slash...].firstIndex(of: 63) else { return (text[slash...], []) }
        return (text[slash..<mark], text[(mark + 1)...])
    }

    private static func parameter(_ name: String, _ query: ArraySlice<UInt8>) -> String? {
        var rest = query
        while !rest.isEmpty {
            let pair = rest.prefix { $0 != 38 }
            rest = rest.dropFirst(pair.count + 1)
            guard pair.starts(with: name.utf8) else { continue }
            let value = pair.dropFirst(name.utf8.count)
            if value.first == 61 { return Self.decoded(value.dropFirst(), plus: 32) }
        }
        return nil
    }

    /// Decodes percent-encoded text; a plus stands for a blank in queries and for itself in paths.
    private static func decoded(_ text: ArraySlice<UInt8>, plus: UInt8 = 43) -> String {
        guard text.contains(where: { $0 == 37 || ($0 == 43 && plus != 43) }) else {
            return String(decoding: text, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == 37, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == 43 ? plus : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let managementPrefix = Array("https://management.azure.com/".utf8)
    private static let storagePrefix = Array(SimulatedNames.blobEndpoint.utf8)
    private static let instance = Array(SimulatedNames.instance.utf8)
    private static let account = Array(SimulatedNames.storageAccountID.utf8)
    private static let operation = Array("/operationresults/op".utf8)
    private static let containers = [Container.backups, .catalog].map { ($0, Array($0.rawValue.utf8)) }

    private static func management(
        _ path: ArraySlice<UInt8>,
        _ query: ArraySlice<UInt8>,
        _ method: HTTPRequest.Method
    ) -> Route {
        if path.starts(with: Self.instance) {
            let rest = path.dropFirst(Self.instance.count)
            if rest.isEmpty { return .readInstance }
            if rest.elementsEqual("/backup".utf8), method == .post { return .backup }
            if rest.elementsEqual("/restore".utf8), method == .post { return .restore }
            if rest.starts(with: Self.operation),
                let number = Int(String(decoding: rest.dropFirst(Self.operation.count), as: UTF8.self))
            {
                return .operation(number)
            }
            return .unknown
        }
        if path.elementsEqual(Self.account) { return .readStorageAccount }
        guard path.suffix(10).elementsEqual("/resources".utf8),
            let filter = Self.parameter("$filter", query) ?? Self.parameter("%24filter", query)
        else { return .unknown }
        return .listResources(type: filter.contains("ApiManagement") ? "instance" : "account")
    }

    private static func storage(
        _ path: ArraySlice<UInt8>,
        _ query: ArraySlice<UInt8>,
        _ method: HTTPRequest.Method
    ) -> Route {
        let rest = path.dropFirst()
        let part = rest.prefix { $0 != 47 }
        guard let container = Self.containers.first(where: { $0.1.elementsEqual(part) })?.0 else { return .unknown }
        guard part.endIndex < rest.endIndex else {
            if method == .head { return .headContainer(container) }
            return method == .put ? .createContainer(container) : .list(container)
        }
        let name = Self.decoded(rest[(part.endIndex + 1)...])
        switch method {
        case .head: return .headBlob(container, name)
        case .get: return .readBlob(container, name)
        case .put: return query.elementsEqual("comp=lease".utf8) ? .lease(name) : .writeBlob(container, name)
        case .delete: return .deleteBlob(container, name)
        default: return .unknown
        }
    }
}
