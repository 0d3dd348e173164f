#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Providers.GetOnnxExecutionProviderCommand'
}

AfterAll {
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Get-OnnxExecutionProvider' {
    It 'lists the CPU first, and CUDA with the reason where it cannot run' {
        $providers = Get-OnnxExecutionProvider

        $providers[0].Name | Should -BeExactly CPU
        $providers[0].IsAvailable | Should -BeTrue
        $providers[0].Library | Should -Exist
        $providers.Name | Should -Contain CUDA
        $providers | Where-Object { $_.IsAvailable -eq [bool] $_.Reason } | Should -BeNullOrEmpty
    }

    It 'takes names and patterns' {
        (Get-OnnxExecutionProvider cpu).Name | Should -BeExactly CPU
        (Get-OnnxExecutionProvider c[pu]*).Name | Select-Object -Unique | Should -BeExactly CPU, CUDA
    }

    It 'reports a name without a provider, and no pattern without one' {
        (Get-OnnxExecutionProvider cpu, 'Abacus[1', *no*such* @silent).Name | Should -BeExactly CPU
        $problems.FullyQualifiedErrorId | Should -BeExactly "ProviderNotFound,$by"
    }

    It 'names what CUDA lacks, and -Provider CUDA ends with the same words' {
        $cuda = Get-OnnxExecutionProvider CUDA
        if ($cuda.IsAvailable -contains $true) {
            Set-ItResult -Skipped -Because 'CUDA runs here'
        }

        { Test-FoodWord salad -Provider CUDA } | Should -Throw -ExpectedMessage "$($cuda.Reason)*" `
            -ErrorId 'ProviderUnavailable,OnnxDeep.PowerShell.Words.TestFoodWordCommand'
        (Test-FoodWord salad -Provider Auto).Provider | Should -BeExactly CPU
    }

    It 'ends <Script> with ProviderUnavailable where CUDA cannot run, and never runs on the CPU' -ForEach @(
        @{ By = 'Words.TestFoodWord'; Script = { Test-FoodWord salad -Provider CUDA } }
        @{ By = 'Words.TestWord'; Script = { Test-Word salad -Model food -Provider CUDA } }
        @{ By = 'Onnx.InvokeOnnxModel'; Script = { Invoke-OnnxModel noise 1, 2, 3 -Provider CUDA } }
        @{ By = 'Onnx.InvokeOnnxModel'; Script = { Invoke-OnnxModel noise 1, 2, 3 -Provider CUDA -Threads 1 } }
        @{ By = 'Onnx.TestOnnxModel'; Script = { Test-OnnxModel . -Provider CUDA } }
    ) {
        if ((Get-OnnxExecutionProvider CUDA).IsAvailable -contains $true) {
            Set-ItResult -Skipped -Because 'CUDA runs here'
        }

        $failure = Get-Failure $Script
        $failure.FullyQualifiedErrorId |
            Should -BeExactly "ProviderUnavailable,OnnxDeep.PowerShell.${By}Command"
        $failure.CategoryInfo.Category | Should -BeExactly NotInstalled
    }

    It 'does not read damaged settings, and the CPU runs all the same' {
        $null = New-Item $env:ONNXDEEP_HOME -ItemType Directory -Force
        foreach ($text in '{', '[]', '{ "executionProviders": 1 }', '{ "executionProviders": { "CUDA": null } }',
            '{ "executionProviders": { "CUDA": "lib.so" } }') {
            Set-Content "$env:ONNXDEEP_HOME/settings.json" $text

            { Get-OnnxExecutionProvider } | Should -Throw -ErrorId "SettingsDamaged,$by"
            { Test-FoodWord salad -Provider Auto } |
                Should -Throw -ErrorId 'SettingsDamaged,OnnxDeep.PowerShell.Words.TestFoodWordCommand'
            Test-FoodWord salad -Quiet | Should -BeTrue
        }
        Remove-Item "$env:ONNXDEEP_HOME/settings.json"
    }

    It 'neither reads settings that others can change, nor loads such a library' -Skip:$IsWindows {
        $null = New-Item $env:ONNXDEEP_HOME -ItemType Directory -Force
        $settings = "$env:ONNXDEEP_HOME/settings.json"
        Set-Content "$TestDrive/shared.so" 'x'
        chmod 666 "$TestDrive/shared.so"
        @{ executionProviders = @{ CUDA = "$TestDrive/shared.so" } } | ConvertTo-Json | Set-Content $settings
        chmod 644 $settings

        # Auto does not hide that by running on the CPU.
        { Test-FoodWord salad -Provider Auto } |
            Should -Throw -ErrorId 'ProviderLibraryUnsafe,OnnxDeep.PowerShell.Words.TestFoodWordCommand'
        (Get-OnnxExecutionProvider CUDA).Reason | Should -BeLike "*chmod go-w '$TestDrive/shared.so'*"

        chmod 664 $settings
        $failure = Get-Failure { Get-OnnxExecutionProvider }
        $failure.FullyQualifiedErrorId | Should -BeExactly "SettingsUnsafe,$by"
        $failure.CategoryInfo.Category | Should -BeExactly SecurityError
        $failure.Exception.Message | Should -BeLike "*chmod go-w '$settings'*"
        { Test-FoodWord salad -Provider Auto } |
            Should -Throw -ErrorId 'SettingsUnsafe,OnnxDeep.PowerShell.Words.TestFoodWordCommand'
        Test-FoodWord salad -Quiet | Should -BeTrue
        Remove-Item $settings
    }
}
