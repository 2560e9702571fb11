import EmulatorRuntime
import Foundation
import HTTPTypes

/// The little of Microsoft Graph that naming a principal takes: service principals by application id, and objects by
/// their ids.
///
/// Source: Microsoft Graph v1.0, "List servicePrincipals" and "directoryObject: getByIds".
struct DirectoryService: EmulatedService {
    let cloud: Cloud
    let verifier: TokenVerifier
    let audiences: ResourceAudiences

    func respond(to request: EmulatedRequest) async -> EmulatedResponse {
        let token = request.headers[.authorization]?.split(separator: " ").last.map(String.init) ?? ""
        do {
            _ = try self.verifier.verify(token, now: self.cloud.clock.now, accepts: self.audiences.isDirectory)
        } catch {
            return Self.failure("InvalidAuthenticationToken", "Access token validation failure.", status: .unauthorized)
        }
        let principals = self.cloud.read { state, _ in state.directory }
        let path = request.segments.map { $0.lowercased() }
        switch (request.method, path.dropFirst(2).joined(separator: "/")) {
        case (.get, "serviceprincipals"):
            let name = request.query("$filter").flatMap(Self.wantedName)
            return self.list(principals.filter { name == nil || $0.clientID.lowercased() == name })
        case (.post, "directoryobjects/getbyids"):
            let ids = (try? JSONParser.parse(request.body).value)?["ids"]?.array?.compactMap(\.string) ?? []
            let wanted = Set(ids.map { $0.lowercased() })
            return self.list(principals.filter { wanted.contains($0.objectID.lowercased()) })
        case (.get, "users"), (.get, "groups"): return self.list([])
        default: return Self.failure("Request_ResourceNotFound", "The resource does not exist.", status: .notFound)
        }
    }

    /// The application id that `servicePrincipalNames/any(c:c eq 'ID')` asks for, in lower case.
    private static func wantedName(_ filter: String) -> String? {
        filter.firstMatch(of: /eq\s+'([^']*)'/).map { $0.1.lowercased() }
    }

    private func list(_ principals: [DirectoryPrincipal]) -> EmulatedResponse {
        .json([
            "value": .array(
                principals.map { principal in
                    [
                        "@odata.type": "#microsoft.graph.servicePrincipal", "id": .string(principal.objectID),
                        "appId": .string(principal.clientID), "displayName": .string(principal.name),
                        "servicePrincipalNames": [.string(principal.clientID)],
                    ]
                }
            )
        ])
    }

    private static func failure(_ code: String, _ message: String, status: HTTPResponse.Status) -> EmulatedResponse {
        .json(["error": ["code": .string(code), "message": .string(message)]], status: status)
    }
}
