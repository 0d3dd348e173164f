# Dot-source this file in BeforeAll: runs commands that should fail, and has a culture whose numbers often do.

# Returns the only error of a script that writes nothing else, terminating or not.
function Get-Failure([scriptblock] $Failing) {
    $ErrorActionPreference = 'Continue'
    $written = @(try { & $Failing 2>&1 } catch { $_ })
    $written | Should -HaveCount 1
    $written[0] | Should -BeOfType ([Management.Automation.ErrorRecord])
    $written[0]
}

# Gets a culture with decimal commas, which works without culture data too.
function Get-CommaCulture {
    $culture = [cultureinfo]::InvariantCulture.Clone()
    $culture.NumberFormat.NumberDecimalSeparator = ','
    $culture.NumberFormat.NumberGroupSeparator = '.'
    $culture
}

# Tests that a script ends with the error for a number whose comma is not clear, which names the value and -Culture.
function Test-CommaRefusal([scriptblock] $Script, [string] $Text) {
    $failure = Get-Failure $Script
    $failure.FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly 'NumberAmbiguous'
    $failure.Exception.Message | Should -BeLikeExactly "*'$Text'*-Culture*"
}
