import EmulatorRuntime
import Foundation
import HTTPTypes

/// The ways in which machines of Azure hand out tokens; they differ in proof, parameters and answers.
enum IdentityDialect: Sendable {
    /// App Service, Functions, Container Apps, Automation.
    case appService
    /// Azure Machine Learning, and App Service's older way.
    case machineLearning
    /// The instance metadata service of virtual machines.
    case metadata

    /// The versions that the endpoint accepts.
    var versions: [String] {
        switch self {
        case .appService: ["2019-08-01", "2020-06-01"]
        case .machineLearning: ["2017-09-01"]
        case .metadata: ["2018-02-01", "2019-08-01", "2019-11-01", "2020-06-01", "2021-02-01"]
        }
    }

    /// The machine that a caller shows to be.
    ///
    /// The metadata service is reached from its machine only, which here is the first one; the other endpoints tell machines
    /// apart by the secret that each knows.
    func machine(of request: EmulatedRequest, among machines: [Machine]) throws(IdentityRefusal) -> Machine {
        switch self {
        case .appService, .machineLearning:
            let name = self == .appService ? "X-IDENTITY-HEADER" : "secret"
            let proof = HTTPField.Name(name).flatMap { request.headers[$0] } ?? ""
            let found = machines.filter { ConstantTime.equal(proof, $0.identityHeader) }
            if let machine = found.first { return machine }
            throw IdentityRefusal("The header \(name) is missing or wrong.", status: .unauthorized)
        case .metadata:
            let proof = HTTPField.Name("Metadata").flatMap { request.headers[$0] }
            if proof?.lowercased() == "true", let machine = machines.first { return machine }
            throw IdentityRefusal("Required metadata header not specified")
        }
    }

    /// Which identity the query names.
    func selector(of request: EmulatedRequest) -> IdentitySelector {
        let client = self == .machineLearning ? "clientid" : "client_id"
        if let id = request.query(client) { return .clientID(id) }
        if let id = request.query("mi_res_id") ?? request.query("msi_res_id") { return .resourceID(id) }
        if let id = request.query("object_id") ?? request.query("principal_id") { return .objectID(id) }
        return .unnamed
    }

    /// The answer's body.
    func body(of token: IssuedToken, principal: Principal, resource: String, now: Date) -> JSON {
        let expiry = String(Int(token.expiresAt.timeIntervalSince1970))
        var body: JSON = [
            "access_token": .string(token.text), "client_id": .string(principal.clientID),
            "expires_on": .string(expiry), "resource": .string(resource), "token_type": "Bearer",
        ]
        if self == .metadata {
            let seconds = String(Int(token.expiresAt.timeIntervalSince(token.issuedAt)))
            body["expires_in"] = .string(seconds)
            body["ext_expires_in"] = .string(seconds)
            body["not_before"] = .string(String(Int(token.issuedAt.timeIntervalSince1970)))
        }
        return body
    }

    /// The answer to a call that gets no token.
    func failure(_ message: String, status: HTTPResponse.Status) -> EmulatedResponse {
        switch self {
        case .appService, .machineLearning:
            .json(["statusCode": .number(String(status.code)), "message": .string(message)], status: status)
        case .metadata: .json(["error": "invalid_request", "error_description": .string(message)], status: status)
        }
    }
}
