#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Cmdlets.InvokeOnnxModelCommand'
}

Describe 'Invoke-OnnxModel' {
    It 'gives an object a row' {
        $rows = (0.1, 0.2, 0.3), (0.4, 0.5, 0.6) | Invoke-OnnxModel noise

        $rows.Count | Should -Be 2
        foreach ($row in 0, 1) {
            $traced = Trace-Network -Model noise -InputObject ((0.1, 0.2, 0.3), (0.4, 0.5, 0.6))[$row]
            [Math]::Abs($rows[$row].probability - $traced.Output) | Should -BeLessThan 1e-6
        }
    }

    It 'takes a whole batch by name' {
        $batch = Invoke-OnnxModel noise @{ features = (1, 2, 3), (4, 5, 6) }

        $batch.probability.GetLength(0) | Should -Be 2
    }

    It 'takes text' {
        ('soup', 'car' | Invoke-OnnxModel food-words).label | Should -Be 'food', 'not food'
    }

    It 'takes an array of another program' {
        [IO.File]::WriteAllText("$TestDrive/rows.csv", "a,b,c`n1,2,3`n4,5,6`n")
        $tensor = Import-OnnxTensor "$TestDrive/rows.csv"

        (Invoke-OnnxModel noise $tensor -AsTensor).probability.Shape | Should -Be 2, 1
    }

    It 'writes a profile of the current location' {
        Push-Location $TestDrive
        try {
            $null = Invoke-OnnxModel noise 1, 2, 3 -Profile ./profile.json
            $null = Invoke-OnnxModel noise 1, 2, 3 -Profile ./none.json -WhatIf
        }
        finally {
            Pop-Location
        }

        (Get-Content "$TestDrive/profile.json" -Raw | ConvertFrom-Json).Count | Should -BeGreaterThan 1
        "$TestDrive/none.json" | Should -Not -Exist
    }

    It 'is <Id>' -ForEach @(
        @{ Id = 'ModelNotFound'; Parameters = @{ Path = 'nosuch'; InputObject = 1 } }
        @{ Id = 'InputShapeMismatch'; Parameters = @{ Path = 'noise'; InputObject = 1, 2 } }
        @{ Id = 'InputTypeMismatch'; Parameters = @{ Path = 'noise'; InputObject = 'one', 'two', 'three' } }
        @{ Id = 'InputNameUnknown'; Parameters = @{ Path = 'noise'; InputObject = @{ other = 1 } } }
        @{ Id = 'InputMissing'; Parameters = @{ Path = 'noise'; InputObject = @{} } }
        @{ Id = 'OutputNameUnknown'; Parameters = @{ Path = 'noise'; InputObject = 1, 2, 3; OutputName = 'other' } }
    ) {
        try {
            Invoke-OnnxModel @Parameters @silent | Should -BeNullOrEmpty
        }
        catch {
            $problems = $_
        }

        @($problems)[-1].FullyQualifiedErrorId | Should -Be "$Id,$by"
    }
}
