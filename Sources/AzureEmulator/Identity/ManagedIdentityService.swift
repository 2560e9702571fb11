import EmulatorRuntime
import Foundation
import HTTPTypes

/// The managed identity endpoints of a machine in Azure, in all dialects: App Service, Azure Machine Learning, and
/// IMDS.
///
/// Source: "How to use managed identities for App Service", "How to use managed identities on an Azure VM to acquire
/// an access token".
struct ManagedIdentityService: EmulatedService {
    let cloud: Cloud
    let issuer: TokenIssuer
    let audiences: ResourceAudiences

    func respond(to request: EmulatedRequest) async -> EmulatedResponse {
        let path = request.segments.map { $0.lowercased() }
        let dialect: IdentityDialect
        switch path {
        case ["msi", "token"]: dialect = request.query("api-version") == "2017-09-01" ? .machineLearning : .appService
        case ["metadata", "identity", "oauth2", "token"]: dialect = .metadata
        default: return .json(["error": "not_found", "error_description": "No such endpoint."], status: .notFound)
        }
        guard request.method == .get else {
            return dialect.failure("Only GET is supported.", status: .methodNotAllowed)
        }
        do {
            return try self.token(for: request, dialect: dialect)
        } catch let refusal as IdentityRefusal {
            return dialect.failure(refusal.message, status: refusal.status)
        } catch {
            return dialect.failure("The token could not be made.", status: .badRequest)
        }
    }

    private func token(for request: EmulatedRequest, dialect: IdentityDialect) throws -> EmulatedResponse {
        let (state, now) = self.cloud.read { state, now in (state, now) }
        let machine = try dialect.machine(of: request, among: state.machines)
        let world = state.world
        guard let version = request.query("api-version"), dialect.versions.contains(version) else {
            throw IdentityRefusal("The api-version is missing or not supported.")
        }
        guard let resource = request.query("resource"), !resource.isEmpty else {
            throw IdentityRefusal("The parameter 'resource' is missing.")
        }
        guard self.audiences.isKnown(resource) else {
            throw IdentityRefusal(
                "AADSTS500011: The resource principal named \(resource) was not found in the tenant named \(world.tenantID)."
            )
        }
        let choice = MachineIdentity(machine: machine, state: state)
        let principal = try choice.principal(named: dialect.selector(of: request))
        let lifetime = world.timings.tokenSeconds
        let token = try self.issuer.token(for: principal, audience: resource, now: now, lifetime: lifetime)
        return .json(dialect.body(of: token, principal: principal, resource: resource, now: now))
    }
}
