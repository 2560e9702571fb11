import EmulatorRuntime
import Foundation
import HTTPTypes

extension BlobService {
    /// Runs the parts of a batch one after another, each with its own credentials.
    func submitBatch(_ call: BlobCall) throws -> EmulatedResponse {
        let type = try call.request.required("Content-Type")
        guard let boundary = BatchDocument.boundary(type) else {
            throw StorageError.invalidHeader("Content-Type", type)
        }
        if call.request.target.container != nil { _ = try self.container(call) }
        let parts = try BatchDocument.read(call.request.body, boundary: boundary)
        let answers = parts.map { part in
            (part.contentID, self.answer(self.request(part, in: call), inBatchOf: call.request))
        }
        let separator = "batchresponse_\(self.identifiers.nextText())"
        var response = EmulatedResponse(202)
        response.headers[.contentType] = "multipart/mixed; boundary=\(separator)"
        response.body = BatchDocument.write(answers, boundary: separator)
        return response
    }

    private func request(_ part: BatchDocument.Part, in call: BlobCall) -> EmulatedRequest {
        EmulatedRequest(
            method: part.method,
            rawPath: part.path,
            rawQuery: part.query,
            headers: part.headers,
            isSecure: call.request.isSecure,
            origin: call.request.origin,
            remoteAddress: call.request.remoteAddress
        )
    }
}
