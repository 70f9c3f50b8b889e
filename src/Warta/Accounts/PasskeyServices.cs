using Microsoft.AspNetCore.Identity;
using Warta.Publishing;

namespace Warta.Accounts;

internal static class PasskeyServices
{
    /// <summary>Identity's WebAuthn code on our store. Of the rest of Identity nothing is used.</summary>
    public static void AddPasskeys(this IServiceCollection services, Press press)
    {
        services.AddIdentityCore<Users.User>();
        // A passkey stands for both factors, so the device has to have asked who holds it.
        services.Configure<IdentityPasskeyOptions>(options => options.UserVerificationRequirement = "required");
        services.AddScoped<IUserStore<Users.User>>(_ => new PasskeyStore(press));
        services.AddScoped<IPasskeyHandler<Users.User>, PasskeyHandler<Users.User>>();
    }
}
