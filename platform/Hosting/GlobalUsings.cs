global using UserId = DaprSocial.Identifiers.Id<DaprSocial.Users.V1.User>;
